/** Command lines and code, and marks of formatting. Whoever reads at night copies what looks like a command. */
import type { Said } from './said';

const TOOL = '(?:sudo|curl|wget|chmod|chown|iptables|systemctl|apt-get|nmap|netstat|tcpdump|grep|rm|kill|chattr|visudo)';

const COMMANDS: readonly RegExp[] = [
  // What a sentence does not begin with; flags; paths; assignments; what only a shell or a program means.
  /^[^\p{L}\p{N}\p{Extended_Pictographic}"'“‘「『([<#>*_:{~$`-]/u,
  /(?:^|\s)(?:--[a-z][\w-]*|-[a-z]\b|-[A-Za-z]{1,2}[a-z0-9][\w.=-]*)/i,
  /(?:^|\s)\/[a-z]+\/[a-z]|\\/i,
  /`|\$[({]|&&|\|\||\w\(\)|=>|==|;(?=\S)|\b\w+=\w/,
  /(?<![\w-])aws\s+[a-z0-9-]+\s+(?:[a-z]+-[a-z-]+|ls|cp|mv|rm|sync|wait)\b/,
  // A tool by its name is what a package is called; told to be run, or with what it is to do, it is a command.
  new RegExp(
    `\\b(?:run|execute|type|enter|issue|invoke|use|with)\\s+(?:the (?:command )?)?["'“]?${TOOL}\\b|(?<![\\w-])${TOOL}(?:\\s+[a-z][\\w.-]*){0,3}["'”」]?\\s?(?:コマンド)?(?:を(?:実行|入力|使)|で(?!す|は|あ|の|も)|して)`,
    'i',
  ),
  new RegExp(
    `(?<![\\w-])(?:${TOOL}|su|bash|sh|cat|ls|echo|export|systemctl|service)\\s+(?:${TOOL}|-|\\d{3,4}\\b|[a-z]+\\+[a-z]|[A-Z]{2,}\\b(?! )|(?:restart|start|stop|disable|enable|status|mask|reload|daemon-reload|install|upgrade|update|remove|purge|flush|save)\\b(?:\\s+[a-z]|$))`,
  ),
  /\b(?:kubectl|eksctl|awk|ssh-keygen|yum|dnf|apt-get)\s+[\w-]|\btar\s+-?[cxt][a-z]*f?\b/,
  /\b(?:docker|podman|crictl|terraform|git|npm|pip3?|apt|brew|helm|go|cdk)\s+(?:run|pull|exec|apply|plan|push|rm|rmi|install|update|upgrade|audit|get|destroy|deploy|build|export|cp|inspect|save|commit|kill)\b(?!s)/,
  /\b(?:Get|Set|New|Remove|Start|Stop|Enable|Disable|Invoke|Add|Test|Restart)-[A-Z]\w+/,
  /\b(?:DROP|DELETE|ALTER|GRANT|SELECT|INSERT|TRUNCATE|REVOKE|CREATE)\s+(?:[A-Z]{2,}|\w+\s+FROM|\*)/,
];

/** A lone asterisk in quotes is a principal, not formatting. */
const QUOTED_STAR = /[「"'“‘(]\*[」"'”’)]|\w:\*/g;
const MARKUP: readonly RegExp[] = [
  /<[^>]*>|&(?:lt|gt|amp|quot|#\d+);|[{}|<>]/i,
  /\*|__|~~|(?<!\w)_\w[^_]*_(?!\w)/,
  /^\s*(?:#{1,6}\s|#\p{L}{2,}\s*$|>\s|[-*+]\s)/u,
  /:[a-z][a-z0-9_+]+:(?!\/)/,
  /"\w+"\s*:|!\[/,
  /(?![©®™\d#*])\p{Extended_Pictographic}/u,
];

const found = (patterns: readonly RegExp[], text: string) => patterns.flatMap((pattern) => text.match(pattern)?.[0]?.trim() ?? [])[0];

export const command = ({ text }: Said): string | undefined => found(COMMANDS, text);
export const markup = ({ text }: Said): string | undefined => found(MARKUP, text.replace(QUOTED_STAR, ' ').replace(/::\/0/g, ' '));
