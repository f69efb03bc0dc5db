/** The emoji that messages name by Slack's short names. Text with the character itself needs none of this. */
const CHARACTERS: Record<string, string | undefined> = {
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  black_circle: '⚫',
  white_check_mark: '✅',
  warning: '⚠️',
  rotating_light: '🚨',
  robot_face: '🤖',
  lock: '🔒',
  mag: '🔍',
  link: '🔗',
  arrow_up: '⬆️',
  hourglass: '⌛',
  information_source: 'ℹ️',
  no_entry: '⛔',
  bell: '🔔',
};

/** The character of a short name, where it is one that is known here. */
export function emojiCharacter(name: string): string | undefined {
  return CHARACTERS[name];
}
