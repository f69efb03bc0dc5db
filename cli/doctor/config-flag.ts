/** Commands for a configuration that is not in config/. */
import { shellWord } from '../../config/shell';

/** The command up to where its flags begin; variables may stand before it. */
const OWN =
  /^((?:\S+=\S+ |\S+=<[^>]*> )?npm run (?:--silent )?(?:hub -- [\w-]+|(?:doctor|redrive|routes|replay|demo)\b))(?: --(?= |$))?(.*)$/;

/** This project's own commands are told where it is; those of others stay as they are. */
export function withConfig(command: string, configDir: string): string {
  if (configDir === 'config') return command;
  const path = shellWord(configDir);
  return command
    .split('\n')
    .map((line) => {
      if (line.startsWith('npx cdk ')) return `${line} -c config=${path}`;
      const [, own, rest = ''] = OWN.exec(line) ?? [];
      if (own === undefined) return line;
      return `${own}${own.includes(' hub -- ') ? '' : ' --'} --config ${path}${rest}`;
    })
    .join('\n');
}
