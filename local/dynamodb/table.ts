/** A table of the template, as far as it matters locally. */
export interface TableDefinition {
  name: string;
  arn?: string;
  /** The attribute by which items expire, in seconds since the epoch. */
  ttlAttribute?: string;
  /** As CloudFormation writes them: KeySchema and AttributeDefinitions. */
  keySchema: { AttributeName: string; KeyType: string }[];
  attributes: { AttributeName: string; AttributeType: string }[];
}
