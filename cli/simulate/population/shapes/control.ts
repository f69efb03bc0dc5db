/** Control findings of Security Hub CSPM, and their copies by standards and by the new Security Hub. */
import type { Control } from '../controls';
import { asff, ocsf, productArn, type Raw, type State, type Subject } from './state';

export interface ControlShape {
  subject: Subject;
  control: Control;
  /** The last part of its id: a UUID. */
  uuid: string;
}

/** Standards that report by themselves where control findings are not consolidated. */
export const STANDARDS = ['aws-foundational-security-best-practices/v/1.0.0', 'nist-800-53/v/5.0.0', 'pci-dss/v/4.0.1'];
const TYPES = ['Software and Configuration Checks/Industry and Regulatory Standards'];

const PRODUCT = 'aws/securityhub';
const REMEDY = 'For information on how to correct this issue, consult the AWS Security Hub controls documentation.';
const guide = ({ id }: Control) => `https://docs.aws.amazon.com/console/securityhub/${id}/remediation`;

/**
 * As in the samples of https://docs.aws.amazon.com/securityhub/latest/userguide/sample-control-findings.html: one finding
 * of a control, or one by a standard, in whose ProductFields the control's id stands.
 */
export function controlAsff({ subject, control, uuid }: ControlShape, state: State, standard?: string): Raw {
  const { region, accountId } = subject;
  const prefix = standard === undefined ? `security-control/${control.id}` : `subscription/${standard}/${control.id}`;
  const id = `arn:aws:securityhub:${region}:${accountId}:${prefix}/finding/${uuid}`;
  return {
    ...asff(subject, state, {
      id,
      product: PRODUCT,
      productName: 'Security Hub',
      generatorId: standard === undefined ? `security-control/${control.id}` : `${standard}/${control.id}`,
      types: TYPES,
      title: standard === undefined ? control.title : `${control.id} ${control.title}`,
      description: `This AWS control checks the following: ${control.title}.`,
    }),
    CompanyName: 'AWS',
    Remediation: { Recommendation: { Text: REMEDY, Url: guide(control) } },
    ProductFields: {
      ...(standard === undefined
        ? {}
        : {
            StandardsArn: `arn:aws:securityhub:::standards/${standard}`,
            StandardsSubscriptionArn: `arn:aws:securityhub:${region}:${accountId}:subscription/${standard}`,
            ControlId: control.id,
            StandardsControlArn: `arn:aws:securityhub:${region}:${accountId}:control/${standard}/${control.id}`,
          }),
      'aws/securityhub/ProductName': 'Security Hub',
      'aws/securityhub/CompanyName': 'AWS',
      'Resources:0/Id': subject.resource.id,
      'aws/securityhub/FindingId': `${productArn(subject, PRODUCT)}/${id}`,
    },
    Compliance: {
      Status: state.compliance,
      ...(state.compliance === 'NOT_AVAILABLE'
        ? { StatusReasons: [{ ReasonCode: 'CONFIG_RETURNS_NOT_APPLICABLE', Description: 'AWS Config has no result for this resource.' }] }
        : {}),
      ...(standard === undefined
        ? { SecurityControlId: control.id, AssociatedStandards: [{ StandardsId: `standards/${STANDARDS[0]}` }] }
        : {}),
    },
  };
}

export function controlOcsf({ subject, control, uuid }: ControlShape, state: State): Raw {
  return {
    ...ocsf(subject, state, {
      id: `arn:aws:securityhub:${subject.region}:${subject.accountId}:security-control/${control.id}/finding/${uuid}`,
      product: 'securityhub',
      className: ['Compliance Finding', 2003],
      types: ['Posture Management'],
      title: control.title,
      description: `This AWS control checks the following: ${control.title}.`,
    }),
    compliance: {
      control: control.id,
      status: { FAILED: 'Fail', PASSED: 'Pass', NOT_AVAILABLE: 'Unknown' }[state.compliance ?? 'FAILED'],
      standards: [`standards/${STANDARDS[0]}`],
    },
    remediation: { desc: REMEDY, references: [guide(control)] },
  };
}
