/** `npm run routes`: the tree of routes, or who is told of one finding and why. Offline, by the code that runs in Lambda. */
import { route } from '../config/routing/walk';
import { command } from './frame/command';
import { FLAGS, findingFlags } from './routes/flags';
import { subjectOf } from './routes/subject';
import { configuration } from './run/configuration';
import { painter } from './show/columns';
import { explainDecision, renderDecision } from './show/decision';
import { renderTree } from './show/tree';

export const routesCommand = command({
  name: 'routes',
  group: 'look',
  summary: 'Draws the tree of routes, or says who is told of one finding, and why.',
  about: 'Without flags the tree. With --account and --severity one finding, as far as the flags describe it. Offline.',
  flags: FLAGS,
  script: true,
  run({ flags }, terminal) {
    const finding = findingFlags(flags);
    const config = configuration(flags.config, terminal);
    const options = { width: terminal.width, paint: painter(terminal.colour) };
    if (!finding) {
      terminal.print(flags.json ? JSON.stringify(config.routes) : renderTree(config, terminal.now(), options));
      return 0;
    }
    const { subject, assumptions } = subjectOf(finding, config);
    const explained = explainDecision(route(config.routes, subject, terminal.now()), subject, config, assumptions);
    terminal.print(flags.json ? JSON.stringify(explained) : renderDecision(explained, subject, options));
    return 0;
  },
});
