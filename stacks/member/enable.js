/*
 * Turns AWS Security Hub CSPM on in this account and this Region, and turns on the standards that the
 * organization chose. It runs only when CloudFormation creates, updates or deletes the stack it is part of.
 *
 * It never turns anything off: not Security Hub, not a standard, and nothing at all when the stack is deleted.
 * What is on already it leaves as it is, and what central configuration governs it leaves to the administrator.
 * It sends no data anywhere but its answer to CloudFormation, which the stack shows as its outputs.
 */
const { setTimeout: wait } = require('node:timers/promises');
const { SecurityHub } = require('@aws-sdk/client-securityhub');

/** Security Hub allows one call a second of some operations: eight attempts, each after a longer pause, outlast that. */
const securityHub = new SecurityHub({
  maxAttempts: 8,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 3_000, socketTimeout: 10_000 },
});

/** How Security Hub says that a member may not decide this itself. The same error without these words is a missing right. */
const GOVERNED = ['currently associated with a central configuration policy', 'is managed by a configuration policy'];

/** Bytes. CloudFormation takes 4,096 for the whole answer and 1,024 for one output. */
const LONGEST = 700;

/** A state that passes by itself is looked at again this often, after this many milliseconds. */
const LOOKS = 6;
const PAUSE = 5_000;

/** Milliseconds kept back from the function's time, so that CloudFormation is answered whatever happened. */
const RESERVE = 45_000;

const AGAIN = 'run this stack, or its StackSet, again';

/** Why it did not work, and what to do about it. */
class Failure extends Error {
  remedy = '';
}
/** @type {(what: string, remedy: string) => Failure} */
const failure = (what, remedy) => Object.assign(new Failure(what), { remedy });

/**
 * @typedef {import('aws-lambda').CloudFormationCustomResourceEvent} Request
 * @typedef {{ Status: 'SUCCESS' | 'FAILED', Reason?: string, Data?: Record<string, string> }} Answer
 * @typedef {{ turnedOn: boolean, consolidated: string, standards: string[], notOffered: string[] }} Changes
 * @param {Request} event
 * @param {Pick<import('aws-lambda').Context, 'getRemainingTimeInMillis'>} context
 */
exports.handler = async (event, context) => {
  const [, , , region, account] = event.StackId.split(':');
  const done = new AbortController();
  /** @type {Answer} */
  let answer;
  try {
    answer = await Promise.race([outcome(event), outOfTime(context.getRemainingTimeInMillis() - RESERVE, done.signal)]);
  } catch (error) {
    const { message, remedy } = explained(error);
    const where = `Security Hub in account ${account}, Region ${region}`;
    answer = { Status: 'FAILED', Reason: `${where}: ${clip(message).replace(/\.*$/, '.')} What to do: ${remedy}.` };
  }
  done.abort();
  // Not the event: its ResponseURL is the key to this one answer.
  console.log(JSON.stringify({ RequestType: event.RequestType, ...answer }));
  await respond(event, answer);
};

/** @type {(event: Request) => Promise<Answer>} */
async function outcome(event) {
  // Security Hub outlives this stack: who removes it, or moves the account to another OU, must not lose protection.
  if (event.RequestType === 'Delete') return { Status: 'SUCCESS' };
  /** @type {Changes} */
  const changes = { turnedOn: false, consolidated: 'left alone', standards: [], notOffered: [] };
  for (let look = 1; ; look += 1) {
    try {
      await bringInLine(event.ResourceProperties.Standards, changes);
      return { Status: 'SUCCESS', Data: report(changes.turnedOn ? 'turned on' : 'was on already', changes) };
    } catch (error) {
      if (isGoverned(error)) return { Status: 'SUCCESS', Data: report(governed(changes), changes) };
      if (look === LOOKS || !passes(error)) throw error;
      await wait(PAUSE);
    }
  }
}

/**
 * Looks before it writes, so that a second run makes no writing call and leaves no error in CloudTrail.
 * May be run again at any point: `changes` keeps what the looks before have changed.
 * @param {string[]} wanted standards, each as the end of its ARN
 * @param {Changes} changes
 */
async function bringInLine(wanted, changes) {
  const hub = await describeHub();
  if (!hub) {
    // No default standards: which ones are on is the organization's choice. One finding a control, not one a standard.
    const how = { EnableDefaultStandards: false, ControlFindingGenerator: /** @type {const} */ ('SECURITY_CONTROL') };
    await call('EnableSecurityHub', () => securityHub.enableSecurityHub(how));
    Object.assign(changes, { turnedOn: true, consolidated: 'turned on' });
  } else if (changes.consolidated !== 'turned on') {
    changes.consolidated = hub.ControlFindingGenerator === 'SECURITY_CONTROL' ? 'on already' : await consolidate();
  }
  const on = await enabledStandards();
  const missing = wanted.filter((standard) => !on.some(is(standard)));
  if (missing.length === 0) return;
  // The ARNs come from Security Hub: they differ by partition and Region, and one old standard's has another form.
  const offered = await offeredStandards();
  changes.notOffered = missing.filter((standard) => !offered.some(is(standard)));
  if (changes.notOffered.length === wanted.length) {
    const remedy = 'correct enablement.standards in the settings.yaml of Security Hub Interpreter, or leave this Region out, and deploy it';
    throw failure(`none of the chosen standards is offered here: ${wanted.join(', ')}`, remedy);
  }
  const arns = offered.filter((arn) => missing.some((standard) => is(standard)(arn)));
  if (arns.length > 0) await enableStandards(arns, missing, changes);
}

/** The hub of this account and Region, or nothing where Security Hub is off. */
async function describeHub() {
  try {
    return await call('DescribeHub', async () => {
      const hub = await securityHub.describeHub({});
      if (!hub.HubArn) throw new SyntaxError('the hub has no ARN');
      return hub;
    });
  } catch (error) {
    if (['InvalidAccessException', 'ResourceNotFoundException'].includes(nameOf(error)) && !isGoverned(error)) return undefined;
    throw error;
  }
}

/** Only the administrator may change this for a member, and its choice then holds here as well: that is no failure. */
async function consolidate() {
  const { Administrator } = await call('GetAdministratorAccount', () => securityHub.getAdministratorAccount({}));
  if (Administrator?.AccountId) return `off: decided by the administrator account ${Administrator.AccountId}`;
  try {
    const how = { ControlFindingGenerator: /** @type {const} */ ('SECURITY_CONTROL') };
    await call('UpdateSecurityHubConfiguration', () => securityHub.updateSecurityHubConfiguration(how));
    return 'turned on';
  } catch (error) {
    // The answer to an account that is becoming a member just now.
    if (nameOf(error) === 'InvalidAccessException' && !isGoverned(error)) return 'off: decided by the administrator account';
    throw error;
  }
}

/** ARNs of the standards that are on or being turned on. Not of those that failed, or are being turned off. */
async function enabledStandards() {
  return pages('GetEnabledStandards', async (NextToken) => {
    const page = await securityHub.getEnabledStandards({ NextToken });
    const on = listOf(page.StandardsSubscriptions).filter(({ StandardsStatus = '' }) => !['FAILED', 'DELETING'].includes(StandardsStatus));
    return { arns: on.map(({ StandardsArn = '' }) => StandardsArn), next: page.NextToken };
  });
}

/** ARNs of all standards of this Region. */
async function offeredStandards() {
  return pages('DescribeStandards', async (NextToken) => {
    const page = await securityHub.describeStandards({ NextToken });
    return { arns: listOf(page.Standards).map(({ StandardsArn = '' }) => StandardsArn), next: page.NextToken };
  });
}

/** @type {(arns: string[], missing: string[], changes: Changes) => Promise<void>} */
async function enableStandards(arns, missing, changes) {
  const subscriptions = await call('BatchEnableStandards', async () => {
    const requests = arns.map((StandardsArn) => ({ StandardsArn }));
    return listOf((await securityHub.batchEnableStandards({ StandardsSubscriptionRequests: requests })).StandardsSubscriptions);
  });
  for (const { StandardsArn = '', StandardsStatus, StandardsStatusReason } of subscriptions) {
    if (StandardsStatus === 'FAILED') {
      const what = `${StandardsArn} was not turned on: ${StandardsStatusReason?.StatusReasonCode ?? 'no reason given'}`;
      throw failure(what, `look at it in the Security Hub console, then ${AGAIN}`);
    }
    changes.standards.push(...missing.filter((standard) => is(standard)(StandardsArn)));
  }
}

/** @type {(operation: string, ask: (token?: string) => Promise<{ arns: string[], next?: string }>) => Promise<string[]>} */
async function pages(operation, ask) {
  /** @type {string[]} */
  const all = [];
  /** @type {string | undefined} */
  let token;
  do {
    const page = await call(operation, () => ask(token));
    all.push(...page.arns);
    token = page.next;
  } while (token);
  return all;
}

/** @type {<T>(operation: string, send: () => Promise<T>) => Promise<T>} One call; its error is given the operation's name. */
async function call(operation, send) {
  try {
    return await send();
  } catch (error) {
    throw Object.assign(error instanceof Error ? error : new Error(String(error)), { operation });
  }
}

/** @type {<T>(list: T[] | undefined) => T[]} */
const listOf = (list) => {
  if (!Array.isArray(list)) throw new SyntaxError('a list is missing');
  return list;
};

/** @type {(standard: string) => (arn: string) => boolean} */
const is = (standard) => (arn) => arn.endsWith(`/${standard}`);

/** @param {unknown} error */
const nameOf = (error) => (error instanceof Error ? error.name : '');

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** @param {unknown} error */
const isGoverned = (error) => GOVERNED.some((words) => messageOf(error).includes(words));

/**
 * Somebody else turns Security Hub on at this moment (409), it is on but not everywhere yet (InvalidAccess), another
 * Region makes the account's service-linked role just now, or IAM does not know this new role's rights everywhere yet.
 * An explicit deny does not pass.
 * @param {unknown} error
 */
function passes(error) {
  if (nameOf(error).startsWith('AccessDenied')) return !messageOf(error).includes('explicit deny');
  return ['ResourceConflictException', 'InvalidAccessException'].includes(nameOf(error)) || /service.linked role/i.test(messageOf(error));
}

/** @param {Changes} changes */
function governed({ turnedOn, consolidated, standards }) {
  const changed = turnedOn || consolidated === 'turned on' || standards.length > 0;
  return `governed by central configuration: ${changed ? 'left to it from now on' : 'nothing changed'}`;
}

/** @type {(outcome: string, changes: Changes) => Record<string, string>} What the stack shows as its outputs. */
function report(outcome, { consolidated, standards, notOffered }) {
  return {
    Outcome: outcome,
    ConsolidatedControlFindings: consolidated,
    StandardsTurnedOn: clip(standards.join(', ') || 'none'),
    StandardsNotOffered: clip(notOffered.join(', ') || 'none'),
  };
}

/** @type {(error: unknown) => Failure} */
function explained(error) {
  if (error instanceof Failure) return error;
  const operation = error instanceof Error && 'operation' in error ? error.operation : 'The function';
  const name = nameOf(error);
  const message = messageOf(error);
  if (name.startsWith('AccessDenied')) {
    const remedy = `a service control policy (SCP) or permissions boundary forbids this role what is named here: have it allowed, then ${AGAIN}`;
    return failure(`${operation} was refused: ${message}`, remedy);
  }
  if (['TooManyRequestsException', 'ThrottlingException', 'LimitExceededException'].includes(name))
    return failure(`${operation} was throttled eight times: ${message}`, `wait a few minutes, then ${AGAIN}`);
  if (error instanceof SyntaxError)
    return failure(`${operation} answered what cannot be read: ${message}`, `${AGAIN}; if it stays, ask AWS Support`);
  return failure(`${operation} failed: ${name}: ${message}`, `find the call in CloudTrail, mend its cause, then ${AGAIN}`);
}

/** @type {(milliseconds: number, signal: AbortSignal) => Promise<never>} */
async function outOfTime(milliseconds, signal) {
  await wait(milliseconds, undefined, { signal });
  throw failure(`not done within ${Math.round(milliseconds / 1000)} seconds`, `${AGAIN}: it goes on where it stopped`);
}

/** @type {(text: string) => string} Printable ASCII only, so that a character is a byte. */
function clip(text) {
  const plain = text.replace(/[^ -~]/g, '?');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)} ...` : plain;
}

/**
 * The stack waits for this answer, so it is sent again until it arrives; else Lambda runs the whole function again, twice.
 * @param {Request} event
 * @param {Answer} answer
 */
async function respond({ StackId, RequestId, LogicalResourceId, ResponseURL }, answer) {
  // Always the same id: a new one would make CloudFormation delete "the old resource" after an update.
  const response = { ...answer, PhysicalResourceId: 'security-hub', StackId, RequestId, LogicalResourceId };
  // The URL is signed for a request without a content type, and fetch adds none to a Buffer.
  const body = Buffer.from(JSON.stringify(response));
  let problem = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (attempt > 0) await wait(500 * 2 ** attempt);
    try {
      const { ok, status } = await fetch(ResponseURL, { method: 'PUT', body, signal: AbortSignal.timeout(5_000) });
      if (ok) return;
      problem = `HTTP ${status}`;
    } catch (error) {
      problem = nameOf(error);
    }
  }
  throw new Error(`CloudFormation could not be told the outcome (${problem}). Does this account's network let Lambda reach Amazon S3?`);
}
