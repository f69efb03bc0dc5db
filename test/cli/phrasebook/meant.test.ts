/** Which entry was probably meant. */
import { meantEntry } from '../../../cli/phrasebook/entry';

const IDS = ['S3.1', 'S3.2', 'S3.9', 'SQS.1', 'RDS.99', 'CloudTrail.2', 'CloudTrail.4', 'UnauthorizedAccess:EC2/SSHBruteForce'];

test.each([
  ['S3.22', 'S3.2'],
  ['Cloudtrial.2', 'CloudTrail.2'],
  ['S4.1', 'S3.1'],
  ['UnauthorizedAccess:EC2/SSHBruteForc', 'UnauthorizedAccess:EC2/SSHBruteForce'],
])('%s is near %s', (name, meant) => {
  expect(meantEntry(name, IDS)).toBe(meant);
});

test.each(['S3.999', 'SQS.99', 'RDS.1', 'Cloudtrial.3', 'S3', 'Recon:EC2/PortProbe'])('nothing is near %s', (name) => {
  expect(meantEntry(name, IDS)).toBeUndefined();
});
