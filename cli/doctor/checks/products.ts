/** That routes name products and severities which Security Hub really has: others look right and never match. */
import type { Severity } from '../../../config/schema';
import { isProduct, productMeant } from '../../../config/products';
import { productOf } from '../../../handlers/domain/finding/product';
import { check, counted, type Item, pass, warn } from '../check';
import type { Context } from '../context';
import { failureIn } from '../failure';
import { NO_HOME_REGION } from './hub';
import { namedIn } from './routes';

const NEEDS = ['caller'];

/**
 * What no listing of Security Hub CSPM has: the new Security Hub's own, and whatever an account imports under its own name.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/exposure-findings-sample.html
 */
const UNLISTED = ['aws/securityhub', 'aws/securityhub-exposure', 'aws/securityhub-risk', 'aws/securityhub-coverage', 'custom/default'];

/** A subscription's ARN ends as its product's does: …:product-subscription/aws/guardduty. */
function productIn(arn: string): string {
  const offered = arn.replace(/:\d{12}:product-subscription\/aws\//, '::product/aws/').replace(':product-subscription/', ':product/');
  return productOf(offered).product;
}

const products = check({ id: 'routes.products', group: 'Routes', title: 'Products exist', needs: NEEDS }, async ({ hub, config }) => {
  const { trustText } = config.settings;
  const named = [
    ...namedIn(config.routes.route, 'product').map((each) => ({ ...each, file: 'routes.yaml' })),
    ...trustText.map((name, index) => ({ file: 'settings.yaml', place: `trustText[${index}]`, name })),
  ];
  if (named.length === 0) return pass('no route names a product');
  if (!(await hub.usable()).includes(config.settings.regions.home)) return NO_HOME_REGION;
  const known = [...new Set([...(await hub.products()).map(productIn), ...UNLISTED])];
  // What an account imports under its own name nobody has to announce.
  const isKnown = (name: string) => name.startsWith('custom/') || isProduct(name, known);
  const strangers = named.filter(({ name }) => !isKnown(name));
  if (strangers.length === 0) return pass(`${counted(named.length, 'product')} named, and known to Security Hub`);
  const items = strangers.map(({ file, place, name }): Item => {
    const meant = productMeant(name, known);
    return {
      line: `${place}: ${name}${meant ? `  Did you mean ${meant}?` : ''}`,
      data: { file, place, name, ...(meant ? { meant } : {}) },
    };
  });
  const files = [...new Set(strangers.map(({ file }) => file))].join(' and ');
  return warn(
    `Security Hub knows no product ${[...new Set(strangers.map(({ name }) => name))].join(', ')}: such a route takes nothing`,
    {
      say: `Correct ${files} at ${strangers.map(({ place }) => place).join(', ')}. A product is the end of its ARN, as company/product; all that there are:`,
      command: `aws securityhub describe-products --region ${config.settings.regions.home} --query 'Products[].[ProductArn,ProductName]' --output text`,
    },
    items,
  );
});

const severities = check({ id: 'routes.severities', group: 'Routes', title: 'Severities told', needs: NEEDS }, async ({ hub, config }) => {
  const admitted = config.settings.severities;
  const named = namedIn(config.routes.route, 'severity');
  const strangers = named.filter(({ name }) => !admitted.includes(name as Severity));
  if (strangers.length === 0)
    return pass(
      named.length === 0 ? 'no route names a severity' : `${counted(named.length, 'severity', 'severities')} named, and admitted`,
    );
  const names = [...new Set(strangers.map(({ name }) => name))];
  // Who names the custom actions means to send what a person chooses, at any severity.
  if (config.settings.customActions.length > 0) return pass(`${names.join(', ')} by custom actions alone`);
  const evidence = await openFindings(hub, names);
  return warn(
    `settings.yaml does not admit ${names.join(', ')}, which routes name: only custom actions bring it there${evidence}`,
    {
      say: `Write severities: [${[...admitted, ...names].join(', ')}] in settings.yaml, or take it out of routes.yaml at ${strangers.map(({ place }) => place).join(', ')}; then see who is told:`,
      command: 'npm run routes',
    },
    strangers.map(({ place, name }): Item => ({ line: `${place}: ${name}`, data: { file: 'routes.yaml', place, name } })),
  );
});

/** What it costs to leave them out, where Security Hub says. */
async function openFindings(hub: Context['hub'], severities: string[]): Promise<string> {
  const present: string[] = [];
  for (const severity of severities) {
    const answer = hub.hasOpen(severity);
    if (await failureIn(answer)) return '';
    if (await answer) present.push(severity);
  }
  return `; Security Hub has ${present.length === 0 ? 'no such finding' : `${present.join(', ')} findings`} just now`;
}

export const productChecks = [products, severities];
