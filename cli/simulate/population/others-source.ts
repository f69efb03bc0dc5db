/** Macie, IAM Access Analyzer, and one scanner whose checks all have the same GeneratorId. */
import { DAY, HOUR, inWorkingHours, someTime } from './calendar';
import { Allotment, Chance } from './chance';
import { type Account, reports } from './organization';
import { CHECKS, macieOcsf, MACIE_TYPES, otherAsff, type OtherShape } from './shapes/others';
import { partsOf, reporting, type Stage, stateAt, stockTime, subjectIn } from './stage';

const PRODUCTS = {
  macie: { stock: 30, aDay: 0.2, source: 'macie', resource: 'AwsS3Bucket', what: MACIE_TYPES },
  'access-analyzer': { stock: 60, aDay: 0.4, source: 'access-analyzer', resource: 'AwsS3Bucket', what: ['public access'] },
  scanner: { stock: 200, aDay: 8, source: 'third-party', resource: 'AwsRdsDbInstance', what: CHECKS },
} as const;
type Product = keyof typeof PRODUCTS;

export function others(stage: Stage): { day(day: number): void } {
  const chances = Object.fromEntries(Object.keys(PRODUCTS).map((product) => [product, Chance.of(stage.seed, product)]));
  const allotments = Object.fromEntries(Object.keys(PRODUCTS).map((product) => [product, new Allotment()]));
  const each = (run: (product: Product, chance: Chance) => void) => {
    for (const product of Object.keys(PRODUCTS) as Product[]) run(product, chances[product] as Chance);
  };
  each((product, chance) => {
    for (let n = Math.round(PRODUCTS[product].stock * stage.scale); n > 0; n--) {
      const account = chance.one(stage.organization.accounts);
      begin(stage, account, product, stockTime(account, chance), chance);
    }
  });
  return {
    day: (day) =>
      each((product, chance) => {
        for (let n = allotments[product]?.take(PRODUCTS[product].aDay * stage.scale) ?? 0; n > 0; n--) {
          const at = someTime(day, chance);
          begin(stage, reporting(stage, at, chance), product, at, chance);
        }
      }),
  };
}

/** Re-reported daily by the scanner, weekly by the others; half of it is mended within three weeks, and archived then. */
function begin(stage: Stage, account: Account, product: Product, from: number, chance: Chance): void {
  const { source, resource, what } = PRODUCTS[product];
  const shape: OtherShape = { subject: subjectIn(stage, account, resource, chance), product, what: chance.one(what), id: chance.hex(32) };
  const severity = chance.happens(product === 'scanner' ? 0.1 : 0) ? 'CRITICAL' : 'HIGH';
  const ocsf = product === 'macie' && shape.what.startsWith('SensitiveData') ? macieOcsf : undefined;
  const mendedAt = chance.happens(0.5) ? inWorkingHours(from + chance.between(DAY, 21 * DAY), chance) : Number.POSITIVE_INFINITY;
  const period = product === 'scanner' ? 24 * HOUR : 7 * DAY;
  const of = { source, words: [shape.subject.resource.name], shape };
  for (const { copy, delay } of partsOf(account, of, stateAt(from, severity), { asff: [otherAsff], ocsf }, chance)) {
    const report = (at: number) => {
      if (!reports(account, at)) return;
      const mended = at >= mendedAt;
      stage.hub.report(copy, { archived: mended }, at);
      if (!mended && Math.min(at + period, mendedAt + delay) < stage.end)
        stage.agenda.plan(Math.min(at + period, mendedAt + delay), report);
    };
    stage.agenda.plan(from + delay, report);
  }
}
