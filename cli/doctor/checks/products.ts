/** That routes name products and severities which Security Hub really has: others look right and never match. */
import { nearest } from '../../../config/nearest';
import type { Severity } from '../../../config/schema';
import { productMatches } from '../../../handlers/domain/matcher';
import { productOf } from '../../../handlers/domain/product';
import { type Check, counted, type Item, pass, skipped, warn } from '../check';
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

const products: Check = {
  id: 'routes.products',
  group: 'Routes',
  title: 'Products exist',
  needs: NEEDS,
  async run({ hub, config }) {
    const { trustText } = config.settings;
    const named = [
      ...namedIn(config.routes.route, 'product').map((each) => ({ ...each, file: 'routes.yaml' })),
      ...trustText.map((name, index) => ({ file: 'settings.yaml', place: `trustText[${index}]`, name })),
    ];
    if (named.length === 0) return pass('no route names a product');
    if (!(await hub.usable()).includes(config.settings.regions.home))
      return skipped('the home Region cannot be asked: see Security Hub above');
    const known = [...new Set([...(await hub.products()).map(productIn), ...UNLISTED])];
    const strangers = named.filter(({ name }) => !known.some((product) => productMatches(product, name)));
    if (strangers.length === 0) return pass(`all ${counted(named.length, 'product')} that the configuration names`);
    const items = strangers.map(({ file, place, name }): Item => {
      const meant = suggested(name, known);
      return {
        line: `${place}: ${name}${meant ? `  Did you mean ${meant}?` : ''}`,
        data: { file, place, name, ...(meant ? { meant } : {}) },
      };
    });
    const files = [...new Set(strangers.map(({ file }) => file))].join(' and ');
    return warn(
      `Security Hub knows no product ${[...new Set(strangers.map(({ name }) => name))].join(', ')}: such a route takes nothing`,
      [
        {
          say: `Correct ${files} at ${strangers.map(({ place }) => place).join(', ')}. A product is the end of its ARN, as company/product; all that there are:`,
          command: `aws securityhub describe-products --region ${config.settings.regions.home} --query 'Products[].[ProductArn,ProductName]' --output text`,
        },
      ],
      items,
    );
  },
};

/** By company/product, or by the product alone where no company is named: `Amazon GuardDuty` is near to none, but holds one. */
function suggested(name: string, known: readonly string[]): string | undefined {
  const short = (product: string) => product.slice(product.indexOf('/') + 1);
  const near = nearest(name, name.includes('/') ? known : known.map(short));
  if (near !== undefined) return near;
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const held = known.filter((product) => short(product).length > 3 && letters.endsWith(short(product).replaceAll(/[^a-z0-9]/g, '')));
  return held.sort((a, b) => b.length - a.length)[0];
}

const severities: Check = {
  id: 'routes.severities',
  group: 'Routes',
  title: 'Severities told',
  needs: NEEDS,
  async run({ hub, config }) {
    const admitted = config.settings.severities;
    const named = namedIn(config.routes.route, 'severity');
    const strangers = named.filter(({ name }) => !admitted.includes(name as Severity));
    if (strangers.length === 0)
      return pass(
        named.length === 0 ? 'no route names a severity' : `all ${counted(named.length, 'severity', 'severities')} that routes name`,
      );
    const names = [...new Set(strangers.map(({ name }) => name))] as Severity[];
    const usable = (await hub.usable()).includes(config.settings.regions.home);
    const present = usable ? (await Promise.all(names.map(async (name) => ((await hub.hasOpen(name)) ? [name] : [])))).flat() : [];
    const evidence = !usable
      ? ''
      : `; Security Hub has ${present.length === 0 ? 'no such finding' : `${present.join(', ')} findings`} just now`;
    return warn(
      `settings.yaml does not admit ${names.join(', ')}, which routes name: only custom actions bring it there${evidence}`,
      [
        {
          say: `Write severities: [${[...admitted, ...names].join(', ')}] in settings.yaml, or take it out of routes.yaml at ${strangers.map(({ place }) => place).join(', ')}; then see who is told:`,
          command: 'npm run routes',
        },
      ],
      strangers.map(({ place, name }): Item => ({ line: `${place}: ${name}`, data: { file: 'routes.yaml', place, name } })),
    );
  },
};

export const productChecks: Check[] = [products, severities];
