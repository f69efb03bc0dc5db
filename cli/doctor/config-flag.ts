/** Commands for a configuration that is not in config/. */
import { placeOf } from '../../config/environment';
import { shellWord } from '../../config/shell';

/** The command up to where its flags begin; variables may stand before it. */
const OWN =
  /^((?:\S+=\S+ |\S+=<[^>]*> )?npm run (?:--silent )?(?:hub -- [\w-]+|(?:doctor|redrive|routes|replay|demo)\b))(?: --(?= |$))?(.*)$/;

/**
 * This project's own commands are told where it is, and which environment; those of others stay as they are.
 * @param place of the configuration (configPlace).
 */
export function withConfig(command: string, place: string): string {
  const { dir, environment } = placeOf(place);
  const words: [flag: string, value: string][] = [
    ...(dir === 'config' ? [] : [['config', shellWord(dir)] as [string, string]]),
    ...(environment === undefined ? [] : [['environment', shellWord(environment)] as [string, string]]),
  ];
  if (words.length === 0) return command;
  return command
    .split('\n')
    .map((line) => {
      if (line.startsWith('npx cdk ')) return [line, ...words.map(([flag, value]) => `-c ${flag}=${value}`)].join(' ');
      const [, own, rest = ''] = OWN.exec(line) ?? [];
      if (own === undefined) return line;
      const flags = words.map(([flag, value]) => `--${flag} ${value}`).join(' ');
      return `${own}${own.includes(' hub -- ') ? '' : ' --'} ${flags}${rest}`;
    })
    .join('\n');
}
