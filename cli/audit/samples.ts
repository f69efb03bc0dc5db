/** The findings by which it is found out what leaves: those of the demo, and one of each kind. */
import { join, relative, resolve } from 'node:path';
import { text } from '../../handlers/domain/text/reading';
import { filesBelow, readInputs } from '../run/inputs';
import { control } from '../samples/checks';
import { SAMPLE_PROBLEMS } from '../samples/samples';

const PROJECT = resolve(__dirname, '../..');

/** What Security Hub adds to a control that is told why it failed. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Compliance.html */
const EXPLAINED = {
  SecurityControlParameters: [{ Name: 'maxAccessKeyAge', Value: ['90'] }],
  StatusReasons: [{ ReasonCode: 'CLOUDTRAIL_METRIC_FILTER_NOT_VALID', Description: 'Metric filters are not valid.' }],
};

interface Sample {
  /** Of this repository. */
  file: string;
  finding: Record<string, unknown>;
}

/** The findings of the demo, and one of each kind; of a control one more, with all that it may have. */
function samples(): Sample[] {
  const demo = filesBelow([join(PROJECT, 'cli/demo/findings')]).flatMap((file) =>
    readInputs(file).flatMap(({ findings }) => findings.map((finding) => ({ file: relative(PROJECT, file), finding }))),
  );
  const explained = control('first');
  explained.Compliance = { ...(explained.Compliance as object), ...EXPLAINED };
  const made = SAMPLE_PROBLEMS.map((problem) => ({ file: 'cli/samples/samples.ts', finding: problem.finding('first') }));
  return [...demo, ...made, { file: 'cli/samples/checks.ts', finding: explained }] as Sample[];
}

export const sampleFindings = (): Record<string, unknown>[] => samples().map(({ finding }) => finding);

/** What they are called, by the file that they stand in or are made by. */
export function filesOf(): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const { file, finding } of samples()) files[file] = [...(files[file] ?? []), titleOf(finding)];
  return files;
}

const titleOf = ({ Title, finding_info }: Record<string, unknown>): string =>
  text(Title) ?? text((finding_info as { title?: unknown } | undefined)?.title) ?? '–';
