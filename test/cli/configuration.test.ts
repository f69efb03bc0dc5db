/** The configuration of demo and replay: warnings are printed and let pass, errors are not. */
import { configuration } from '../../cli/run/configuration';
import { folderWith, NOW, removeFolders, routesWith } from '../config/folder';

afterAll(removeFolders);

const routed = (match: string) => folderWith({ routes: routesWith(`- { match: { ${match} }, receiver: workloads }`) });

function terminal() {
  const printed: string[] = [];
  return { printed, printError: (text: string) => void printed.push(text), width: 100, now: () => NOW };
}

test('a warning is printed, and the run goes on', () => {
  const to = terminal();
  expect(configuration(routed('product: guardutty'), to).settings.organization.id).toBe('o-ab12cd34ef');
  expect(to.printed.join('\n').replace(/\s+/g, ' ')).toContain('Did you mean "guardduty"?');
});

test('nothing is printed where nothing is wrong', () => {
  const to = terminal();
  configuration(folderWith(), to);
  expect(to.printed).toEqual([]);
});

test('an error ends the run with every problem', () => {
  const to = terminal();
  expect(() => configuration(routed('region: us-esat-1, product: guardutty'), to)).toThrow(/there is no Region[\s\S]*1 error, 1 warning/);
  expect(to.printed).toEqual([]);
});
