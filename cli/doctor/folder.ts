/** Commands for a configuration that is not in config/. */

/** This project's own commands are told where it is; those of others stay as they are. */
export function inFolder(command: string, folder: string): string {
  if (folder === 'config') return command;
  const quoted = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  return command
    .split('\n')
    .map((line) => {
      if (line.startsWith('npx cdk ')) return `${line} -c config=${quoted}`;
      const [, own, rest = ''] =
        /^((?:\S+=\S+ |\S+=<[^>]*> )?npm run (?:--silent )?(?:doctor|redrive|routes|slack-manifest|prerequisites))(?: --)?(.*)$/.exec(
          line,
        ) ?? [];
      return own === undefined ? line : `${own} -- --config ${quoted}${rest}`;
    })
    .join('\n');
}
