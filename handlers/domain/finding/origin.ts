/**
 * What made a resource, and so where it is mended: by the tags that AWS and common tools write. Keys that begin with `aws:` nobody but AWS
 * can set; the others people can set too, so what they say is shown and decides nothing.
 */
import { entryOf } from '../text/reading';
import type { Tags } from './tags';

/** A service by its own name and what it calls the thing; or the key of a tag that people write, and its value. */
export interface Origin {
  by: string;
  name: string;
}

/** More than that says the same again: a node of EKS is in a group of Auto Scaling too. */
const MOST = 3;

/**
 * The nearest to where its source is first; of several that say the same the first. As of November 2026.
 * CloudFormation, and through it CDK, SAM and StackSets: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
 * Service Catalog: https://docs.aws.amazon.com/servicecatalog/latest/adminguide/autotags.html
 * EKS: https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 * ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
 * Elastic Beanstalk: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.tagging.html
 * Auto Scaling: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
 */
const WRITTEN: readonly [by: string, key: string][] = [
  ['CloudFormation', 'aws:cloudformation:stack-name'],
  ['Service Catalog', 'aws:servicecatalog:productArn'],
  ['Elastic Beanstalk', 'elasticbeanstalk:environment-name'],
  ['EKS', 'aws:eks:cluster-name'],
  ['EKS', 'eks:cluster-name'],
  ['EKS', 'alpha.eksctl.io/cluster-name'],
  ['ECS', 'aws:ecs:clusterName'],
  ['Auto Scaling', 'aws:autoscaling:groupName'],
];

/** https://kubernetes.io/docs/reference/labels-annotations-taints/: on what a cluster of Kubernetes owns, with its name in the key. */
const KUBERNETES = 'kubernetes.io/cluster/';

/**
 * Terraform and its like write no tag by themselves: what their users write into `default_tags`, in the spellings that are usual.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
 */
const MANAGED_BY = /^(?:managed[-_ ]?by|provisioned[-_ ]?by|terraform)$/i;

/** @returns at most three; undefined where no tag says it. */
export function originOf(tags: Tags): Origin[] | undefined {
  const found = new Map<string, Origin>();
  const add = (by: string, name: string | undefined) => {
    if (name && !found.has(by)) found.set(by, { by, name });
  };
  for (const [by, key] of WRITTEN) add(by, nameIn(entryOf(tags, key)));
  const cluster = Object.keys(tags).find((key) => key.startsWith(KUBERNETES));
  add('EKS', cluster?.slice(KUBERNETES.length));
  const [key, value = ''] = Object.entries(tags).find(([each]) => MANAGED_BY.test(each)) ?? [];
  if (key !== undefined && !/^(?:false|no|0)$/i.test(value)) add(key, value);
  return found.size > 0 ? [...found.values()].slice(0, MOST) : undefined;
}

/** Of an ARN its last part: a product of Service Catalog has its id there. */
function nameIn(value: string | undefined): string | undefined {
  return value?.startsWith('arn:') ? value.split('/').at(-1) : value;
}
