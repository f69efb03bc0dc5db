import { isProduct, PRODUCTS, productMeant, productName } from '../../config/products';
import { productOf } from '../../handlers/domain/finding/product';

test.each([
  ['guardduty', true],
  ['GuardDuty', true],
  ['aws/guardduty', true],
  ['aws/*', true],
  ['*scanner', false],
  ['guardutty', false],
  ['amazon/guardduty', false],
  ['prowler', true],
  ['custom/default', true],
])('%s can take a finding of a known product: %s', (pattern, expected) => {
  expect(isProduct(pattern)).toBe(expected);
});

test.each([
  ['Amazon GuardDuty', 'guardduty'],
  ['AWS Config', 'config'],
  ['IAM Access Analyzer', 'access-analyzer'],
  ['Security Hub', 'securityhub'],
  ['Security Hub CSPM', 'securityhub'],
  ['Systems Manager Patch Manager', 'ssm-patch-manager'],
  ['amazon/guardduty', 'aws/guardduty'],
  ['aws/guardutty', 'aws/guardduty'],
  ['prowlr', 'prowler'],
  ['wholly-other', undefined],
])('%s was probably meant as %s', (pattern, meant) => {
  expect(productMeant(pattern)).toBe(meant);
});

test('what Security Hub itself lists can stand in for the shipped list', () => {
  const real = ['arn:aws:securityhub:eu-west-1::product/aws/macie', 'arn:aws:securityhub:eu-west-1:733251395267:product/acme/scanner'];
  const products = real.map((arn) => productOf(arn).product);
  expect(['scanner', 'acme/*', 'guardduty'].map((pattern) => isProduct(pattern, products))).toEqual([true, true, false]);
  expect(productMeant('acme/scaner', products)).toBe('acme/scanner');
});

test('the list has each product once, as the domain reads it from an ARN', () => {
  expect(new Set(PRODUCTS).size).toBe(PRODUCTS.length);
  const read = PRODUCTS.filter((product) => !product.startsWith('custom/')).map(
    (product) => productOf(`arn:aws:securityhub:eu-west-1::product/${product}`).product,
  );
  expect(read).toEqual(PRODUCTS.filter((product) => !product.startsWith('custom/')));
});

test('a product is shown by its name, or as it is', () => {
  expect(productName('aws/guardduty')).toBe('Amazon GuardDuty');
  expect(productName('prowler/prowler')).toBe('prowler');
  expect(productName('qualys/qualys-vm')).toBe('qualys/qualys-vm');
  expect(productName('constructor')).toBe('constructor');
});
