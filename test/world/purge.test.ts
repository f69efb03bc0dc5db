/** An answer that a person takes back leaves the messages that show it; so does what another model or prompt has made old, with their next edit. */
import { type AnswerRow, isKept, type PurgeRow } from '../../handlers/domain/interpretation/answer';
import type { DeliveryRow, ProblemRow } from '../../handlers/domain/problem/problem-row';
import { readable } from '../../cli/simulate/world/slack';
import type { Analyst, Directory, LedgerRow } from '../../handlers/ports';
import { config } from './config';
import { asked, control, controlFinding } from './events';
import { only } from './only';
import { BY, purged } from './purged';
import { answer, HOUR, MINUTE, SECOND, START, World, type WorldOptions } from './world';

const WRONG = 'Nothing is wrong here and the bucket may stay as it is.';

/** In no OU of the workloads: told to sec-ops. */
const ELSEWHERE = '888888888888';
const directory: Directory = {
  account: async (id) => ({ name: id, parentIds: id === ELSEWHERE ? ['r-ab12'] : ['r-ab12', 'ou-ab12-wkld0001'], tags: {} }),
  organizationalUnitName: async () => 'Workloads',
};

/** The model is wrong at first. @param wrong how often. */
function misled(wrong = 1, options: WorldOptions = {}): World {
  let asked = 0;
  const analyst: Analyst = {
    interpret: async () => ({
      content: asked++ < wrong ? { ...answer, summary: WRONG } : answer,
      model: 'test',
      inputTokens: 1,
      outputTokens: 1,
    }),
  };
  return new World({ analyst, directory, ...options });
}

const rowsOf = <T>(world: World, wanted: (pk: string, sk: string) => boolean) =>
  world.ledger.all().filter(({ key }) => wanted(key.pk, key.sk)) as LedgerRow<T>[];
const headers = (world: World) => rowsOf<ProblemRow>(world, (_pk, sk) => sk === 'header');
const answers = (world: World) => rowsOf<AnswerRow>(world, (pk) => pk.startsWith('briefing#'));
const nameIn = (world: World) => {
  const { pk } = only(answers(world)).key;
  return pk.slice('briefing#'.length);
};

test('two messages that show it are edited without it, and with what the model says when it is asked anew, once', async () => {
  const world = misled();
  world.send(control());
  world.send(control({ account: ELSEWHERE }), MINUTE);
  await world.run(START + HOUR);
  expect(world.slack.posts.map((post) => readable(post).includes(WRONG))).toEqual([true, true]);
  expect(world.asks).toBe(1);
  const { messages, was, left } = await purged(world, nameIn(world));
  expect([messages.length, was, left]).toEqual([2, 'kept', []]);
  await world.run(world.now + HOUR);
  expect(world.slack.posts.map((post) => readable(post).includes(WRONG))).toEqual([false, false]);
  expect(world.slack.posts.map((post) => readable(post).includes(answer.summary))).toEqual([true, true]);
  expect(world.asks).toBe(2);
  expect(world.slack.calls.filter(({ operation }) => operation === 'post')).toHaveLength(2);
});

test('it is edited without words where the model does not answer, and gets them when it does', async () => {
  let away = false;
  const world: World = new World({
    analyst: {
      interpret: async () => {
        if (away) throw new Error('ServiceUnavailableException');
        return {
          content: world.now < START + HOUR ? { ...answer, summary: WRONG } : answer,
          model: 'test',
          inputTokens: 1,
          outputTokens: 1,
        };
      },
    },
  });
  world.send(control());
  await world.run(START + HOUR);
  away = true;
  await purged(world, nameIn(world));
  await world.run(world.now + 2 * MINUTE);
  expect(readable(only(world.slack.posts))).not.toContain(WRONG);
  expect(readable(only(world.slack.posts))).toContain('No AI interpretation yet');
  away = false;
  await world.run(world.now + HOUR);
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
});

test('who, why and when is kept with what it came to, as long as the ledger remembers', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const name = nameIn(world);
  const at = world.now;
  await purged(world, name);
  const row = only(rowsOf<PurgeRow>(world, (pk) => pk === `purges#${name}`));
  expect(row.value).toEqual({ answer: name, by: BY, why: 'It says that nothing is wrong.', at, messages: 1 });
});

test('to do it again does nothing: the answer that came after it stands', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const name = nameIn(world);
  await purged(world, name);
  await world.run(world.now + HOUR);
  const before = JSON.stringify(world.ledger.all());
  expect(await purged(world, name)).toEqual({ answer: name, was: 'gone', messages: [], quiet: 0, left: [], stopped: false });
  expect(JSON.stringify(world.ledger.all())).toBe(before);
  // The new one has a name of its own, by which its message's row names it.
  const telling = rowsOf<DeliveryRow>(world, (_pk, sk) => sk === 'delivery#update');
  expect(telling.at(-1)?.value.answer).toBe(`${name}.2`);
  expect((await purged(world, `${name}.2`)).messages).toHaveLength(1);
});

test('one that was stopped between a problem and its wake-up is gone on with', async () => {
  const world = misled();
  world.send(control());
  world.send(control({ account: ELSEWHERE }), MINUTE);
  await world.run(START + HOUR);
  const name = nameIn(world);
  const ledger = Object.assign(Object.create(world.ledger) as typeof world.ledger, {
    writeAll: async (...args: Parameters<typeof world.ledger.writeAll>) => {
      if (args[0].some(({ key }) => key.pk === 'due')) throw new Error('the connection is gone');
      return world.ledger.writeAll(...args);
    },
  });
  await expect(purged(world, name, { ledger })).rejects.toThrow('the connection is gone');
  await purged(world, name);
  await world.run(world.now + HOUR);
  expect(world.slack.posts.map((post) => readable(post).includes(WRONG))).toEqual([false, false]);
});

test('what was stopped while it waited for workers is over when it is run again', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const name = nameIn(world);
  const stop = new AbortController();
  const sleep = async () => {
    stop.abort();
    throw new Error('aborted');
  };
  expect(await purged(world, name, { signal: stop.signal, sleep })).toMatchObject({ stopped: true, messages: [{}] });
  let waited = 0;
  const again = await purged(world, name, {
    sleep: async (ms) => {
      waited = ms;
      await world.run(world.now + ms);
    },
  });
  expect(waited).toBe(100 * SECOND);
  expect(again.stopped).toBe(false);
});

test('a worker that read the answer before puts it into its problem after: that loses it too', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const name = nameIn(world);
  // It was asked for the words of another problem, has read them, and is slow.
  const { key, value, version } = only(headers(world));
  const words = JSON.parse(JSON.stringify(value.interpretation)) as ProblemRow['interpretation'];
  let slept = false;
  const done = await purged(world, name, {
    sleep: async (ms) => {
      slept = true;
      await world.run(world.now + 10 * MINUTE);
      expect(readable(only(world.slack.posts))).not.toContain(WRONG);
      const row = only(headers(world));
      expect(row.version).toBeGreaterThan(version);
      await world.ledger.write(key, { ...row.value, interpretation: words }, row.version);
      await world.run(world.now + ms);
    },
  });
  expect(slept).toBe(true);
  expect(done.messages).toHaveLength(1);
  await world.run(world.now + HOUR);
  expect(only(headers(world)).value.interpretation?.briefing?.summary).toBe(answer.summary);
  expect(value.interpretation?.briefing?.summary).toBe(WRONG);
  expect(readable(only(world.slack.posts))).not.toContain(WRONG);
});

test('a worker that was still asking when the answer was purged does not put it in its place', async () => {
  const same = misled();
  same.send(control());
  await same.run(START + HOUR);
  const key = only(answers(same)).key;
  let asked = 0;
  const world: World = new World({
    workers: 2,
    directory,
    analyst: {
      interpret: async () => {
        asked++;
        const first = asked === 1;
        if (first) {
          // Another was asked meanwhile, as this one took too long; its answer was purged.
          await world.sleep(SECOND);
          await world.ledger.write(key, { edition: 1, purgedAt: world.now }, 0, 2_000_000_000);
        }
        return { content: first ? { ...answer, summary: WRONG } : answer, model: 'test', inputTokens: 1, outputTokens: 1 };
      },
    },
  });
  world.send(control());
  await world.run(START + MINUTE);
  expect(isKept(only(answers(world)).value)).toBe(false);
  expect(readable(only(world.slack.posts))).not.toContain(WRONG);
  await world.run(START + HOUR);
  expect(only(answers(world)).value).toMatchObject({ edition: 2, briefing: answer });
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
});

test('one that is purged while it is judged, in a message that shows it, is asked for anew', async () => {
  const world: World = misled(1, {
    config: config({ settings: { model: { profiles: ['jp.anthropic.claude-haiku-4-5-20251001-v1:0'], judge: 'off' } } }),
    judge: {
      interpret: async () => {
        if (world.judgings === 1) await purged(world, nameIn(world), { sleep: async () => undefined });
        const verdicts = [1, 2, 3, 4].map((number) => ({ number, verdict: 'supported' }));
        return { content: { verdicts }, model: 'test', inputTokens: 1, outputTokens: 1 };
      },
    },
  });
  world.send(control());
  await world.run(START + HOUR);
  world.config.settings.model.judge = 'on';
  world.send(control({ bucket: 'second', updatedAt: START + HOUR, time: START + HOUR }));
  await world.run(START + 3 * HOUR);
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
  expect(readable(only(world.slack.posts))).not.toContain(WRONG);
  expect([world.asks, world.judgings, world.dead]).toEqual([2, 2, []]);
});

test('an answer that the ledger keeps no more is taken out of the messages that show it all the same', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const name = nameIn(world);
  await world.ledger.remove(only(answers(world)).key);
  expect(await purged(world, name)).toMatchObject({ was: 'gone', messages: [{}] });
  await world.run(world.now + HOUR);
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
  // The one that came after it is another.
  expect(await purged(world, name)).toMatchObject({ was: 'gone', messages: [] });
});

test('a name that nothing has changes nothing', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const before = JSON.stringify(world.ledger.all());
  expect(await purged(world, 'f'.repeat(32))).toMatchObject({ was: 'gone', messages: [], quiet: 0 });
  expect(JSON.stringify(world.ledger.all())).toBe(before);
});

test('what is closed has no words to edit: it loses them, and nobody asks for others', async () => {
  const world = misled();
  world.send(control());
  await world.run(START + HOUR);
  const closing = { compliance: 'PASSED', severity: 'INFORMATIONAL', firstObservedAt: START + 2 * HOUR };
  world.send(control({ ...closing, updatedAt: START + 2 * HOUR, time: START + 2 * HOUR }), HOUR);
  await world.run(START + 3 * HOUR);
  expect(await purged(world, nameIn(world))).toMatchObject({ messages: [], quiet: 1 });
  await world.run(world.now + HOUR);
  expect(world.asks).toBe(1);
});

test('what a person sent though it could not be checked has words, and loses them', async () => {
  const entry = {
    id: 'general/unchecked',
    headline: 'Could not be checked',
    meaning: 'Nobody knows.',
    impact: 'None.',
    steps: ['Check it.'],
  };
  const world = misled(1, { phrasebook: () => ({ entries: { [entry.id]: entry }, aliases: {} }) });
  world.send(asked(controlFinding({ compliance: 'NOT_AVAILABLE' })));
  await world.run(START + HOUR);
  expect(readable(only(world.slack.posts))).toContain(WRONG);
  expect(await purged(world, nameIn(world))).toMatchObject({ quiet: 1 });
  await world.run(world.now + HOUR);
  expect(readable(only(world.slack.posts))).not.toContain(WRONG);
  expect(readable(only(world.slack.posts))).toContain(answer.summary);
});

test('a message of a webhook is named as one that nobody can edit', async () => {
  const routes = {
    receivers: { hook: { webhookSecret: 'interpreter/hook', language: 'en' as const, securityAccountAccess: false } },
    route: { receiver: 'hook', routes: [] },
  };
  const world = misled(1, { config: config({ routes }) });
  world.send(control());
  await world.run(START + HOUR);
  expect(await purged(world, nameIn(world))).toMatchObject({ messages: [], left: [{}] });
  await world.run(world.now + HOUR);
  expect(world.slack.calls).toHaveLength(1);
});

test('another entry of the phrasebook changes the message with the next look, and what the model says with it', async () => {
  let meaning = 'A stranger may read the bucket.';
  const entry = () => ({ id: 'S3.2', headline: 'Open to all', meaning, impact: 'Data leaks.', steps: ['Close it.'] });
  const phrasebook = () => ({ entries: { 's3.2': entry() }, aliases: {} });
  const world = misled(1, { phrasebook });
  world.send(control());
  await world.run(START + HOUR);
  expect(readable(only(world.slack.posts))).toContain(WRONG);
  meaning = 'Anybody may read the bucket.';
  world.send(control({ bucket: 'another', updatedAt: START + HOUR, time: START + HOUR }));
  await world.run(START + 2 * HOUR);
  const text = readable(only(world.slack.posts));
  expect(text).toContain(meaning);
  expect(text).not.toContain(WRONG);
  expect(world.asks).toBe(2);
});

describe('another model or prompt', () => {
  const later = (bucket: string) => control({ bucket, updatedAt: START + 2 * HOUR, time: START + 2 * HOUR });

  test('reaches a message that stands with its next edit, and makes none by itself', async () => {
    const world = misled();
    world.send(control());
    await world.run(START + HOUR);
    world.config.settings.model = { ...world.config.settings.model, profiles: ['jp.anthropic.claude-haiku-5-5'] };
    const { key } = only(headers(world));
    const [, receiver = '', fingerprint = ''] = key.pk.split('#');
    // A look that has nothing to tell.
    await world.ledger.writeAll([
      {
        key: { pk: 'due', sk: `${new Date(world.now).toISOString()}#${receiver}#${fingerprint}` },
        value: { problem: { receiver, fingerprint } },
      },
    ]);
    await world.run(START + 2 * HOUR);
    expect(world.asks).toBe(1);
    expect(world.slack.calls.filter(({ operation }) => operation === 'update')).toHaveLength(0);
    world.send(later('another'));
    await world.run(START + 3 * HOUR);
    expect(world.asks).toBe(2);
    expect(readable(only(world.slack.posts))).toContain(answer.summary);
    expect(readable(only(world.slack.posts))).not.toContain(WRONG);
  });

  test('leaves the words that stand where the model does not answer', async () => {
    let asked = 0;
    const world = new World({
      analyst: {
        interpret: async () => {
          if (asked++ > 0) throw new Error('AccessDeniedException');
          return { content: answer, model: 'test', inputTokens: 1, outputTokens: 1 };
        },
      },
    });
    world.send(control());
    await world.run(START + HOUR);
    world.config.settings.model = { ...world.config.settings.model, profiles: ['jp.anthropic.claude-haiku-5-5'] };
    const before = only(headers(world)).value.interpretation;
    world.send(later('another'), HOUR);
    await world.run(START + 3 * HOUR);
    expect(asked).toBeGreaterThan(1);
    expect(readable(only(world.slack.posts))).toContain(answer.summary);
    // And it is not tried again by itself.
    expect(only(headers(world)).value.interpretation).toEqual({ ...before, tries: 1, question: expect.any(String) });
  });
});
