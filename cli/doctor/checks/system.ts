/** This system itself: deployed, in a good state, and with nothing lying in its dead-letter queues. */
import { check, counted, fail, type Item, type Outcome, pass, type Remedy, skipped, warn } from '../check';
import { hubStack } from '../../../config/stack-name';
import type { Context } from '../context';
import { deploy } from './remedies';

const GOOD = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;
const ON_THE_WAY = /_IN_PROGRESS$/;

const stack = check({ id: 'system.stack', group: 'This system', title: 'Hub stack', needs: ['caller'] }, async (context) => {
  const at = await context.stack.deployedAt();
  return { ...(await standing(context)), ...(at ? { at } : {}) };
});

async function standing({ stack: reads, config }: Context): Promise<Outcome> {
  const { home } = config.settings.regions;
  const name = hubStack(config);
  const found = await reads.stack();
  if (!found) return fail(`${name} is not deployed in ${home}`, deploy('Deploy it:'));
  const status = found.StackStatus ?? '';
  // A change set was made for a stack that is not there yet; it stays so where nobody executes it.
  if (status === 'REVIEW_IN_PROGRESS')
    return fail(
      `${name} is not deployed in ${home}: a deployment stopped before it made anything (${status})`,
      deploy('Unless one is running just now, deploy it:'),
    );
  const since = (await reads.deployedAt())?.slice(0, 16).replace('T', ' ');
  if (GOOD.test(status)) return pass(`${status} since ${since} UTC`);
  const events: Remedy = {
    say: 'See what happened:',
    command: `aws cloudformation describe-stack-events --region ${home} --stack-name ${name} --query 'StackEvents[?ends_with(ResourceStatus, \`FAILED\`)].[LogicalResourceId,ResourceStatusReason]' --output text`,
  };
  const reason = found.StackStatusReason ? `: ${found.StackStatusReason}` : '';
  if (ON_THE_WAY.test(status) && !status.includes('ROLLBACK'))
    return warn(`${name} is just changing (${status})`, { say: 'Run the doctor again when it is done.' });
  // The older version goes on working after a rollback that ended well.
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return warn(`the last deployment was rolled back, the one before it is at work${reason}`, [events, deploy('Mend it, then:')]);
  return fail(`${name} is ${status}${reason}`, events);
}

const deadLetters = check(
  { id: 'system.dead-letters', group: 'This system', title: 'Dead letters', needs: ['system.stack'] },
  async ({ stack: reads }) => {
    const outputs = (await reads.stack())?.Outputs ?? [];
    const queues = outputs.flatMap(({ OutputKey = '', OutputValue = '' }) =>
      OutputKey.endsWith('DeadLetters') ? [{ name: OutputKey, url: OutputValue }] : [],
    );
    if (queues.length === 0) return skipped('the stack has no outputs that name dead-letter queues');
    const depths = await Promise.all(queues.map(async (queue) => ({ ...queue, messages: await reads.depth(queue.url) })));
    const full = depths.filter(({ messages }) => messages > 0);
    if (full.length === 0) return pass(`${counted(queues.length, 'queue')}, all empty`);
    const items = full.map(
      ({ name, messages, url }): Item => ({ line: `${name}  ${counted(messages, 'message')}`, data: { queue: name, messages, url } }),
    );
    const names = full.map(({ name }) => name.replace(/DeadLetters$/, '').toLowerCase());
    const remedies: Remedy[] = [
      { say: 'See why they lie there and since when; each is kept 14 days:', command: 'npm run redrive -- --dry-run' },
      { say: 'When the cause is mended, send them back:', command: `npm run redrive -- ${names.join(' ')}` },
    ];
    const total = full.reduce((sum, { messages }) => sum + messages, 0);
    return fail(`${counted(total, 'message')} lie in dead-letter queues, untold or undone`, remedies, items);
  },
);

export const systemChecks = [stack, deadLetters];
