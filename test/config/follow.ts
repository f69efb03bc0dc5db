/** A reader who does what the mistakes say, word by word, and knows nothing else of the configuration. */
import { basename } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import type { Mistake } from '../../config/load';
import { mistakesOf } from './folder';

export interface Files {
  settings: string;
  routes: string;
}

type Path = (string | number)[];

/** More rounds than this are no remedy. */
const ROUNDS = 12;

/** Follows the first mistake until none is left; throws where a remedy cannot be followed, or leads nowhere. */
export function followed(files: Files): Files {
  let now = files;
  for (let round = 0; round < ROUNDS; round++) {
    const [mistake] = mistakesOf(now).sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'));
    if (!mistake) return now;
    const file = basename(mistake.file) === 'settings.yaml' ? 'settings' : 'routes';
    now = { ...now, [file]: follow(now[file], mistake) };
  }
  throw new Error(`after ${ROUNDS} rounds there still is: ${JSON.stringify(mistakesOf(now)[0])}`);
}

function follow(text: string, mistake: Mistake): string {
  const { remedy, message } = mistake;
  const document = parseDocument(text, { logLevel: 'silent' });
  const path = stepsOf(mistake.path);
  const aboutKey = /^the key |^"[^"]*": a receiver’s name/.test(message);
  const value = valueIn(remedy);
  if (value !== undefined && aboutKey) {
    renameKey(document.getIn(path.slice(0, -1), true), String(path.at(-1)), String(value));
    return String(document).replace(new RegExp(`receiver: ${path.at(-1)}$`, 'gm'), `receiver: ${value}`);
  }
  const added = /^Add ([\w.]+), (?:for example \w+: (.+)|with the keys .*)\.$/.exec(remedy);
  if (value !== undefined) document.setIn(path, document.createNode(value));
  else if (added) document.setIn(path, document.createNode(added[2] === undefined ? {} : firstOf(added[2])));
  else if (/^Give it the keys /.test(remedy)) document.setIn(path, document.createNode({}));
  else if (/^Remove it\b/.test(remedy)) document.deleteIn(path);
  else throw new Error(`nobody can follow "${remedy}" (${mistake.path}: ${message})`);
  return String(document);
}

/** What the remedy says to write in place of the value. */
function valueIn(remedy: string): unknown {
  const meant = /^Did you mean "(.+?)"\?/.exec(remedy)?.[1];
  if (meant !== undefined) return meant;
  const known = /^(?:It is one of|Known are): (\S+?)[,.]?(?: |$)/.exec(remedy)?.[1];
  if (known !== undefined) return parse(known);
  const written = /^Write (?:for example )?(.+)$/s.exec(remedy)?.[1];
  return written === undefined ? undefined : firstOf(written);
}

/** Of several examples the first: text in quotes, a list, or a word. */
function firstOf(examples: string): unknown {
  return parse((/^("(?:[^"\\]|\\.)*"|\[.*?\]|\S+?(?=[.,;]?(?: |$)))/.exec(examples)?.[1] ?? examples).replace(/\.$/, ''));
}

function renameKey(map: unknown, from: string, to: string): void {
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && String(key.value) === from) : undefined;
  if (!isMap(map) || !pair || !isScalar(pair.key)) throw new Error(`there is no key ${from}`);
  if (map.has(to)) map.delete(from);
  else pair.key.value = to;
}

/** `route.routes[2].match["a b"]` as steps. */
export function stepsOf(path: string): Path {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|([^.[\]]+)/g)].map(([, index, quoted, word]) => {
    if (index !== undefined) return Number(index);
    return quoted === undefined ? (word ?? '') : (JSON.parse(quoted) as string);
  });
}
