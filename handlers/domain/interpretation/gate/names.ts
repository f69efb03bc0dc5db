/** Names that the brief does not hold: of people, companies, attackers, products and resources. */
import { type Given, holds, type Said } from './said';
import { isService } from './services';
import { nicknameOf } from './tokens';
import { API_CALL, AWS_POLICY, CAPITALISED, TERMS } from './vocabulary-latin';
import { knownKatakana } from './vocabulary-katakana';

const LATIN = /[A-Za-z0-9]+(?:[._'’&+-][A-Za-z0-9]+|\+\+|#(?![A-Za-z]))*/g;

/** Whether a word may be said: it stands in the brief, is a term, or its parts do. */
function known(word: string, said: Said, given: Given): boolean {
  const bare = word.replace(/['’]s?$|(?<=[a-z]{2})['’](?:t|re|ve|ll|d|s)$/, '');
  const lower = bare.toLowerCase();
  if (TERMS.has(lower) || holds(given, bare) || given.words.includes(` ${lower} `)) return true;
  if (/^[A-Z]/.test(bare) && (CAPITALISED.has(bare) || AWS_POLICY.test(bare))) return true;
  if (/^[A-Z]{2,}s$/.test(bare) && known(bare.slice(0, -1), said, given)) return true;
  if (said.field === 'actions' && API_CALL.test(bare)) return true;
  const weakness = nicknameOf(bare);
  if (isService(bare) || (weakness && holds(given, weakness))) return true;
  const parts = bare.split(/[-.&+]/);
  // Joined by a dot, plain words are somebody's name for a thing, or for himself.
  const plain = said.language === 'en' && !/[a-z]{2}\.[a-z]{2}/.test(bare);
  return parts.length > 1 && parts.every((part) => (plain && /^[a-z]+$/.test(part)) || /^\d{1,3}$/.test(part) || known(part, said, given));
}

/** What English joins by a hyphen that is no name: one end is of these, or an adjective. */
const JOINS = new Set(
  'a account after all and anti any as at attack auto back based best big brute bucket built by case centric check client clean closed co code cost cross cut data day de deep double down driven dual end entry even ever event every exec extra facing factor first fine follow for force free full good half hand hard high home host hour if in inter internet intra it key kill last late layer least left less level life like line linked log long look low machine make man minute month more most multi my near neutral never new no non not object of off old on once one only open opt or out over own owner pair part party pay peer per person pipe plan plane point post pre privilege proof public pull pull quick re read real region right risk role root run same second self semi service set setup short side sign single size skip small so soft source spot step stop store sub super system take test the then third threat three through time to tool top trail two type ultra un under until up use user value version way web week well wide work world worst write wrong year zero zone db instance endpoint cluster server aware specific sensitive safe team pane run-time'.split(
    ' ',
  ),
);
const ADJECTIVE = /(?:ed|ing|able|ible|ant|ent|al|ly|ic|ous|ive|ion|ness|ity|ware|ry)$/;
/** Of what customers make the names of their resources. */
const STAGE = /^(?:prod|prd|production|stg|stage|staging|dev|devel|test|tst|uat|qa|svc|srv|frontend|backend|bot|kube|dwh|etl)\d*$/;
const SMALL = /^(?:a|an|the|in|of|to|on|by|for|at|up|out|and|or|as|is|not|non|least|well|self|end)$/;
/** A thing's name follows the thing. */
const OF_THING =
  /\b(?:called|named|(?:bucket|queue|topic|table|image|instance|host|server|cluster|namespace|pod|group|role|user|function|file|object|key|trail|account|stack|volume|repository|project|domain|database|system)) ["'“]?$/i;
const isResourceName = (word: string, before: string): boolean => {
  const parts = word.toLowerCase().split('-');
  if (parts.some((part) => STAGE.test(part)) && !/^(?:non|pre|post)-|-(?:like|grade|ready|facing|level|wide|only)$/.test(word)) return true;
  if (!OF_THING.test(before)) return false;
  // Three parts and more that are no phrase: "point-in-time" has a small word in it.
  if (parts.length > 2 && !parts.some((part) => SMALL.test(part))) return true;
  return (
    parts.length > 1 &&
    !parts.some((part) => JOINS.has(part.replace(/s$/, '')) || JOINS.has(part)) &&
    !parts.some((part) => ADJECTIVE.test(part))
  );
};

/** Of every service's policies. */
const CONDITION_KEY = /\baws:[A-Z]\w+/g;
const FILE =
  /\b[\w-]+\.(?:csv|tsv|txt|sh|py|ps1|bat|exe|dll|so|bin|json|ya?ml|zip|gz|tar|tgz|7z|rar|sql|dump|bak|xlsx?|docx?|pptx?|pdf|pem|key|crt|pfx|ppk|jar|php|jsp|html?|conf|cfg|ini|env|log|db|pcap|rpm|deb|iso|img)\b/i;
/** A noun alone before a verb, at the beginning, is somebody's name: English gives a thing an article or a plural. */
const SUBJECT =
  /^["'“]?([A-Z][a-z]+)\s+(?:may|can|could|might|will|has|had|is|was|uses?|used|owns?|owned|runs?|ran|holds?|sent|made|did|set|created|opened|changed)\b/;
const NO_NAME =
  /^(?:It|You|We|The|A|An|Feature|Password|Policy|Key|User|He|She|This|That|These|Those|They|There|What|Who|Whoever|Which|Anyone|Anybody|Someone|Somebody|Everyone|Everybody|Nobody|Nothing|Something|Anything|One|Each|Both|All|Some|Many|Most|Few|Several|None|Another|Neither|Either|More|Less|Software|Data|Evidence|Code|Traffic|Access|Mail|Abuse|Theft|Fraud|Trust|Control|Use|Work|Research|Scope|Storage|Backup|Bandwidth|Compute|Memory|Disk|Text|Recovery|Cost|Time|Damage|Content|Output|Input|Proof|Guidance|Loss|Failure|Misuse|Downtime|Advice|Help|Internet|Network|Public|Root|Leakage|Coverage|Usage|Knowledge|Here|Never|Then|Also|Not|Only|If|While|Where|When|How|Why|Patch|Space|Customer|Attack)$|(?:s|ing|ion|ment|ity|ness|ware|cy|age|ance|ence|ry|th|ism)$/;
const PERSON =
  /\b(?:Mr|Mrs|Ms|Dr|Prof)\b\.?|[\p{sc=Han}\p{sc=Katakana}ー](?:さん|さま|氏(?!名)|殿)|(?<![おお客皆仕同多模])[\p{sc=Han}\p{sc=Katakana}]様(?![子々式相])|株式会社|\p{sc=Han}{2}(?:支[店社]|営業所|工場|事業部)|有限会社|合同会社|[\p{sc=Han}\p{sc=Katakana}ー]社(?![内外員会])(?<![自各他同会本支弊当御貴]社)|\b(?:Inc|Corp|Corporation|Ltd|LLC|GmbH|Co)\b\.?/u;
const SURNAME =
  /佐藤|鈴木|高橋|田中|伊藤|渡[辺邊部]|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|清水|山崎|池田|橋本|阿部|石川|山下|中島|石井|小川|前田|岡田|長谷川|藤田|後藤|近藤|村上|遠藤|青木|坂本|斉藤|斎藤|福田|太田|西村|藤井|岡本|藤原|三浦|金子|中野|中川|原田|松田|竹内|小野|田村|高木|松尾|本田|和田|上田|森田|柴田|酒井|工藤|横山|宮崎|宮本|内田|安藤|今井|河野|武田|上野|杉山|千田|村田|増田|小島|大塚|平野|久保田|丸山|谷口|岩崎|桜井|野口|菊[池地]|野村|新井|佐野|古川|大西|市川|高田|水野|服部|吉川|松下|浜田|久保|福島|大野|望月|熊谷|川口|荒木|永井|飯田|石田|小松|北村|川崎|馬場|本間|星野|黒田|堀|尾崎/;

export function name(said: Said, given: Given): string | undefined {
  const { text, language } = said;
  const file = text.match(FILE)?.[0];
  if (file && !TERMS.has(file.toLowerCase())) return file;
  const person = text.match(PERSON)?.[0];
  if (person) return person;
  return language === 'en' ? englishName(said, given) : japaneseName(said, given);
}

function englishName(said: Said, given: Given): string | undefined {
  const text = said.text.replace(CONDITION_KEY, ' ');
  const underscored = text.match(/[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+/g)?.find((word) => !holds(given, word) && !TERMS.has(word.toLowerCase()));
  if (underscored) return underscored;
  for (const { 0: word, index } of text.matchAll(LATIN)) {
    if (!/[A-Za-z]/.test(word)) continue;
    const begins = /^["'“‘(]*$/.test(text.slice(0, index)) || /[:;]\s*["'“‘(]*$/.test(text.slice(0, index));
    // A plain word, or one with the capital of a sentence's first.
    const plain = /^[a-z]+(?:['’][a-z]+)?$/.test(word) || (begins && /^[A-Z]?[a-z]+(?:['’][a-z]+)?$/.test(word)) || /^(?:A|I)$/.test(word);
    if (plain) continue;
    if (/^[A-Za-z]?[a-z]+(?:-[a-z]+)+$/.test(word)) {
      if (isResourceName(word, text.slice(0, index)) && !knownCompound(word, given)) return word;
      continue;
    }
    if (/^\d+(?:st|nd|rd|th|-\w+)?$/.test(word)) continue;
    if (!known(word, said, given)) return word;
  }
  const subject = text.match(SUBJECT)?.[1];
  return subject && !NO_NAME.test(subject) && !known(subject, said, given) ? subject : undefined;
}

/** A compound of lower case: as a whole, since each of its parts is a plain word. */
function knownCompound(word: string, given: Given): boolean {
  return (
    TERMS.has(word.toLowerCase()) ||
    holds(given, word) ||
    word.split('-').every((part) => TERMS.has(part) || given.words.includes(` ${part} `))
  );
}

function japaneseName(said: Said, given: Given): string | undefined {
  const text = said.text.replace(CONDITION_KEY, ' ');
  const surname = text.match(SURNAME)?.[0];
  if (surname) return surname;
  const latin = [...text.matchAll(/[A-Za-z0-9]+(?:[._&+'-][A-Za-z0-9]+)*/g)].map(([word]) => word).filter((word) => /[A-Za-z]/.test(word));
  const foreign = latin.find((word) => !known(word, said, given) && !/^\d+(?:GB|MB|KB|TB|bit)$/i.test(word));
  return foreign ?? text.match(/[\p{sc=Katakana}ー]+/gu)?.find((run) => !knownKatakana(run) && !given.json.includes(run));
}
