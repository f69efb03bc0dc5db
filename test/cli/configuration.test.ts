/** The configuration of demo and replay: warnings are printed and let pass, errors are not. */
import { ConfigurationProblems, configuration } from '../../cli/run/configuration';
import { folderWith, removeFolders, routesWith } from '../config/folder';

afterAll(removeFolders);

const routed = (match: string) => folderWith({ routes: routesWith(`- { match: { ${match} }, receiver: workloads }`) });

test('a warning is printed, and the run goes on', () => {
  const print = jest.fn();
  expect(configuration(routed('product: guardutty'), print).settings.organization.id).toBe('o-ab12cd34ef');
  expect(print.mock.calls).toEqual([[expect.stringContaining('Did you mean "guardduty"?')]]);
});

test('nothing is printed where nothing is wrong', () => {
  const print = jest.fn();
  configuration(folderWith(), print);
  expect(print).not.toHaveBeenCalled();
});

test('an error ends the run with every problem', () => {
  const print = jest.fn();
  expect(() => configuration(routed('region: us-esat-1, product: guardutty'), print)).toThrow(ConfigurationProblems);
  expect(() => configuration(routed('region: us-esat-1, product: guardutty'), print)).toThrow(
    /there is no Region[\s\S]*1 error, 1 warning/,
  );
  expect(print).not.toHaveBeenCalled();
});
