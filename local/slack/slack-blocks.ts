/**
 * What Slack refuses in a message's blocks. Limits from
 * https://docs.slack.dev/reference/block-kit/blocks and …/composition-objects;
 * the total over all blocks is undocumented and was found by use.
 */
import { isObject, type JsonObject, objects, text } from '../protocol/wire';

export interface BlockProblem {
  error: 'invalid_blocks' | 'msg_blocks_too_long';
  /** As Slack's response_metadata.messages say it. */
  detail: string;
}

const MAX_BLOCKS = 50;
const MAX_TOTAL_CHARACTERS = 13_200;
const BLOCK_TYPES = /^(header|section|context|divider|actions|image|rich_text|markdown|input|video|table)$/;

/** The first thing wrong, or undefined. */
export function blockProblem(blocks: unknown): BlockProblem | undefined {
  if (!Array.isArray(blocks) || !blocks.every(isObject)) return invalid('must be an array of objects', '/blocks');
  if (blocks.length > MAX_BLOCKS) return invalid(`no more than ${MAX_BLOCKS} items allowed`, '/blocks');
  const ids = new Set<unknown>();
  const problem = firstProblem(blocks, (block, at) => idProblem(block, ids, at) ?? shapeProblem(block, at), '/blocks');
  if (problem) return problem;
  const total = characters(blocks);
  return total > MAX_TOTAL_CHARACTERS ? { error: 'msg_blocks_too_long', detail: `${total} characters over all blocks` } : undefined;
}

/**
 * What blocks.validate answers to blocks as a JSON text: pointers begin at the first block, as Slack's page shows them.
 * https://docs.slack.dev/reference/methods/blocks.validate
 */
export function validation(blocks: unknown): JsonObject {
  let given: unknown = blocks;
  try {
    if (typeof blocks === 'string') given = JSON.parse(blocks);
  } catch {
    return { ok: false, error: 'invalid_blocks', errors: [{ pointer: '', code: 'invalid_json', message: 'must be JSON' }] };
  }
  const problem = blockProblem(given);
  if (!problem) return { ok: true };
  const [, message = problem.detail, pointer = ''] = /^\[ERROR\] (.*) \[json-pointer:\/blocks(.*)\]$/.exec(problem.detail) ?? [];
  return { ok: false, error: 'invalid_blocks', errors: [{ pointer, code: 'failed_constraint', message }] };
}

function firstProblem(
  list: JsonObject[],
  problemOf: (entry: JsonObject, at: string) => BlockProblem | undefined,
  at: string,
): BlockProblem | undefined {
  for (const [index, entry] of list.entries()) {
    const problem = problemOf(entry, `${at}/${index}`);
    if (problem) return problem;
  }
  return undefined;
}

function idProblem(block: JsonObject, ids: Set<unknown>, at: string): BlockProblem | undefined {
  if (block.block_id === undefined) return undefined;
  if (text(block.block_id).length > 255) return invalid('must be less than 256 characters', `${at}/block_id`);
  if (ids.has(block.block_id)) return invalid('`block_id` must be unique', `${at}/block_id`);
  ids.add(block.block_id);
  return undefined;
}

function shapeProblem(block: JsonObject, at: string): BlockProblem | undefined {
  switch (block.type) {
    case 'header':
      return textProblem(block.text, 150, `${at}/text`, ['plain_text']);
    case 'section':
      return sectionProblem(block, at);
    case 'context':
      return contextProblem(objects(block.elements), at);
    case 'actions':
      return actionsProblem(objects(block.elements), at);
    default:
      return BLOCK_TYPES.test(text(block.type)) ? undefined : invalid(`unsupported type: ${String(block.type)}`, at);
  }
}

function sectionProblem(block: JsonObject, at: string): BlockProblem | undefined {
  const fields = objects(block.fields);
  if (block.text === undefined && fields.length === 0) return invalid('must have text or fields', at);
  if (fields.length > 10) return invalid('no more than 10 items allowed', `${at}/fields`);
  const first = block.text === undefined ? undefined : textProblem(block.text, 3000, `${at}/text`);
  if (first) return first;
  const inField = firstProblem(fields, (field, place) => textProblem(field, 2000, place), `${at}/fields`);
  if (inField) return inField;
  return isObject(block.accessory) ? buttonProblem(block.accessory, `${at}/accessory`) : undefined;
}

function contextProblem(elements: JsonObject[], at: string): BlockProblem | undefined {
  if (elements.length < 1 || elements.length > 10) return invalid('must have 1 to 10 items', `${at}/elements`);
  const problem = (element: JsonObject, place: string) => (element.type === 'image' ? undefined : textProblem(element, 3000, place));
  return firstProblem(elements, problem, `${at}/elements`);
}

function actionsProblem(elements: JsonObject[], at: string): BlockProblem | undefined {
  if (elements.length < 1 || elements.length > 25) return invalid('must have 1 to 25 items', `${at}/elements`);
  return firstProblem(elements, buttonProblem, `${at}/elements`);
}

function buttonProblem(element: JsonObject, at: string): BlockProblem | undefined {
  if (element.type !== 'button') return undefined;
  if (text(element.value).length > 2000) return invalid('must be less than 2001 characters', `${at}/value`);
  if (text(element.action_id).length > 255) return invalid('must be less than 256 characters', `${at}/action_id`);
  if (element.url !== undefined && (text(element.url).length > 3000 || !URL.canParse(text(element.url)))) {
    return invalid('must be a valid URL of at most 3000 characters', `${at}/url`);
  }
  return textProblem(element.text, 75, `${at}/text`, ['plain_text']);
}

function textProblem(value: unknown, max: number, at: string, types = ['plain_text', 'mrkdwn']): BlockProblem | undefined {
  if (!isObject(value) || !types.includes(text(value.type))) return invalid(`must be a text object of type ${types.join(' or ')}`, at);
  const length = text(value.text).length;
  if (length < 1) return invalid('must be more than 0 characters', `${at}/text`);
  return length > max ? invalid(`must be less than ${max + 1} characters`, `${at}/text`) : undefined;
}

function invalid(message: string, pointer: string): BlockProblem {
  return { error: 'invalid_blocks', detail: `[ERROR] ${message} [json-pointer:${pointer}]` };
}

/** Of every `text` in the tree that is a string. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + characters(entry), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, entry]) => sum + (key === 'text' && typeof entry === 'string' ? entry.length : characters(entry)),
    0,
  );
}
