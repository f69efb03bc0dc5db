/** Commands for a configuration that is not in config/. */

/** The command up to where its flags begin; variables may stand before it. */
const OWN =
  /^((?:\S+=\S+ |\S+=<[^>]*> )?npm run (?:--silent )?(?:hub -- [\w-]+|(?:doctor|redrive|routes|replay|demo)\b))(?: --(?= |$))?(.*)$/;

/** This project's own commands are told where it is; those of others stay as they are. */
export function inFolder(command: string, folder: string): string {
  if (folder === 'config') return command;
  const quoted = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return command
    .split('\n')
    .map((line) => {
      if (line.startsWith('npx cdk ')) return `${line} -c config=${quoted}`;
      const [, own, rest = ''] = OWN.exec(line) ?? [];
      if (own === undefined) return line;
      return `${own}${own.includes(' hub -- ') ? '' : ' --'} --config ${quoted}${rest}`;
    })
    .join('\n');
}
