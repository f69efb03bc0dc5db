/** What an analyst would make of a finding, and what a brief must hold for it. */
import type { Brief } from '../../../handlers/domain/interpretation/brief';
import { type Json, R } from '../facts/shape';

export interface Point {
  point: string;
  raw: Json;
  must: Partial<Brief>;
  /** What the finding does not say. */
  lacks?: readonly (keyof Brief)[];
  /** Left to the message. */
  never?: Readonly<Record<string, RegExp>>;
  /** A published finding of the same kind, where somebody has it. */
  file?: string;
}

export const BUCKET = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::amzn-s3-demo-bucket', Region: R };
