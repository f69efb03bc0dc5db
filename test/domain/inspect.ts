/** Looks into a rendered message for anything that is alive, and for Slack's limits. */
import { blockProblem } from '../../local/slack/slack-blocks';
import type { SlackMessage } from '../../handlers/domain/message/blocks';
import { MARKER } from './hostile';

export interface Expected {
  mentions: string[];
  earlierUrl?: string;
}

type Json = Record<string, unknown>;

const CONTAINERS = new Set(['rich_text', 'rich_text_section', 'rich_text_list', 'context', 'header', 'section']);
const TEXTS = new Set(['text', 'plain_text']);
const CONSOLE =
  /^https:\/\/(?:[a-z0-9-]+\.console\.aws\.amazon\.com\/(?:securityhub|guardduty)\/|acme\.awsapps\.com\/start\/#\/console\?|docs\.aws\.amazon\.com\/)/;

/** Everything that is wrong, in words; empty where nothing is. */
export function faultsOf(message: SlackMessage, expected: Expected): string[] {
  const faults: string[] = [];
  const slack = blockProblem(message.blocks);
  if (slack) faults.push(`${slack.error}: ${slack.detail}`);
  for (const node of nodes(message.blocks)) faults.push(...nodeFaults(node, expected));
  const total = nodes(message.blocks).reduce((sum, { text }) => sum + (typeof text === 'string' ? text.length : 0), 0);
  if (total >= 10_000) faults.push(`${total} characters over all blocks`);
  if (message.blocks.length > 50) faults.push(`${message.blocks.length} blocks`);
  return [...faults, ...fallbackFaults(message.text)];
}

function nodeFaults(node: Json, { mentions, earlierUrl }: Expected): string[] {
  const faults: string[] = [];
  const type = String(node.type);
  if (typeof node.text === 'string' && type !== 'link') {
    if (!TEXTS.has(type)) faults.push(`text in a ${type}`);
    faults.push(...aliveIn(node.text).map((what) => `${what} in ${JSON.stringify(node.text)}`));
  } else if (type === 'user' || type === 'usergroup') {
    if (!mentions.includes(String(node.user_id ?? node.usergroup_id))) faults.push(`mentions ${JSON.stringify(node)}`);
  } else if (type === 'link') {
    const url = String(node.url);
    if (url !== earlierUrl && (!CONSOLE.test(url) || new URL(url).href !== url || url.length > 3000)) faults.push(`links ${url}`);
  } else if (!CONTAINERS.has(type) && !isStyle(node)) faults.push(`an element of type ${type}`);
  for (const [key, value] of Object.entries(node))
    if (key !== 'text' && typeof value === 'string' && value.includes(MARKER)) faults.push(`foreign text under ${key}`);
  return faults;
}

/** `{ bold: true }` and the like. */
function isStyle(node: Json): boolean {
  return Object.entries(node).every(([key, value]) => ['bold', 'italic', 'code'].includes(key) && value === true);
}

/** Text elements parse nothing; still no control sequence, nothing unseen and no half character stands in them. */
function aliveIn(text: string): string[] {
  return [
    ...(text === '' ? ['nothing'] : []),
    ...(/<[!@#]|<https?:|<mailto:/i.test(text) ? ['a control sequence'] : []),
    ...(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u.test(text) ? ['something unseen'] : []),
  ];
}

function fallbackFaults(text: string): string[] {
  return [
    ...aliveIn(text).map((what) => `${what} in the fallback`),
    ...(text.length >= 4000 ? ['the fallback is too long'] : []),
    ...(/[<>*~`\n]|&(?!(?:amp|lt|gt);)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u.test(text) ? [`live mrkdwn: ${text}`] : []),
  ];
}

/** Every object of the tree. */
function nodes(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Json, ...Object.values(value).flatMap(nodes)];
}

/** All text of a message, as a reader meets it. */
export function words(message: SlackMessage): string {
  return nodes(message.blocks)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n');
}
