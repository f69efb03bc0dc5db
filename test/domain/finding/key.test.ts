/** Two findings are one only where format, account, product and id are all the same. */
import { findingKey } from '../../../handlers/domain/finding/key';

const known = {
  format: 'asff' as const,
  accountId: '555555555555',
  productArn: 'arn:aws:securityhub:ap-northeast-1::product/aws/inspector',
  id: 'i-1',
};

test.each([
  ['format', { format: 'ocsf' as const }],
  ['account', { accountId: '666666666666' }],
  ['product', { productArn: 'arn:aws:securityhub:ap-northeast-1:555555555555:product/555555555555/default' }],
  ['Region of the product', { productArn: known.productArn.replace('ap-northeast-1', 'us-east-1') }],
  ['id', { id: 'i-2' }],
])('another %s is another finding', (_what, change) => {
  expect(findingKey({ ...known, ...change })).not.toBe(findingKey(known));
});

test('what one part ends with cannot be what the next begins with', () => {
  expect(findingKey({ ...known, accountId: '5', productArn: '5 p' })).not.toBe(findingKey({ ...known, accountId: '5 5', productArn: 'p' }));
});

test('a product is the same under both spellings of its ARN, and only the product’s part of it', () => {
  const ocsf = { ...known, format: 'ocsf' as const };
  expect(findingKey({ ...ocsf, productArn: known.productArn.replace('product/', 'productv2/') })).toBe(findingKey(ocsf));
  expect(findingKey({ ...ocsf, productArn: `${known.productArn}:productv2/` })).not.toBe(
    findingKey({ ...ocsf, productArn: `${known.productArn}:product/` }),
  );
});
