/**
 * The name by which people know a resource, from its ARN: AWS appends ids, revisions and stages to some, and puts the cluster in
 * front of others. A reader's name and nothing else: what makes two spellings one is resourceKey.
 * The formats are those of the Service Authorization Reference, page by page "Resource types defined by …".
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { resourceName } from './resource';

/** Of a service's ARN what stands behind the account, and which of its parts are the name. As of November 2026. */
const FORMATS: Readonly<Record<string, readonly [resource: RegExp, name: string][]>> = {
  apigateway: [
    [/^\/(?:restapis|apis)\/([^/]+)\/stages\/([^/]+)$/, '$1/$2'],
    [/^\/(?:restapis|apis|domainnames|vpclinks)\/([^/]+)(?:\/.*)?$/s, '$1'],
  ],
  batch: [[/^job-definition\/([^/:]+:\d+)$/, '$1']],
  cloudformation: [
    [/^(?:stack|changeSet)\/([^/]+)\/[^/]+$/, '$1'],
    [/^stackset\/([^:]+):[^:]+$/, '$1'],
  ],
  codedeploy: [[/^deploymentgroup:([^/]+\/.+)$/, '$1']],
  ecr: [
    [/^repository\/(.+)\/(sha256:[0-9a-f]{12})[0-9a-f]*$/, '$1@$2'],
    [/^repository\/(.+)$/, '$1'],
  ],
  ecs: [
    [/^task-definition\/([^/:]+:\d+)$/, '$1'],
    [/^(?:service|task|container-instance)\/([^/]+\/[^/]+)$/, '$1'],
  ],
  eks: [
    [/^(?:nodegroup|fargateprofile|addon)\/([^/]+\/[^/]+)\/[^/]+$/, '$1'],
    [/^access-entry\/([^/]+)\/[^/]+\/[^/]+\/([^/]+)\/[^/]+$/, '$1/$2'],
  ],
  elasticbeanstalk: [[/^environment\/([^/]+\/[^/]+)$/, '$1']],
  elasticloadbalancing: [
    [/^(?:loadbalancer|listener|listener-rule)\/(?:app|net|gwy)\/([^/]+)\/.+$/s, '$1'],
    [/^(?:targetgroup|truststore)\/([^/]+)\/[^/]+$/, '$1'],
  ],
  events: [[/^rule\/([^/]+\/[^/]+)$/, '$1']],
  glue: [[/^table\/([^/]+\/[^/]+)$/, '$1']],
  imagebuilder: [[/^(?:image|image-recipe|container-recipe|component)\/([^/]+\/[^/]+)(?:\/.*)?$/s, '$1']],
  kafka: [[/^cluster\/([^/]+)\/[^/]+$/, '$1']],
  lambda: [[/^layer:([^:]+:\d+)$/, '$1']],
  logs: [[/^log-group:([^:]+)(?::.*)?$/, '$1']],
  mq: [[/^(?:broker|configuration):([^:]+):[^:]+$/, '$1']],
  secretsmanager: [[/^secret:(.+)-[A-Za-z0-9]{6}$/, '$1']],
  ssm: [[/^parameter\/(.+)$/, '/$1']],
  wafv2: [[/^(?:regional|global)\/(?:webacl|ipset|rulegroup|regexpatternset)\/([^/]+)\/[^/]+$/, '$1']],
};

/** @param named what the finding itself calls it, for an id that no person knows. */
export function readersName(id: string, named?: string): string {
  const [, service = '', resource = ''] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s.exec(id) ?? [];
  const format = Object.hasOwn(FORMATS, service) ? FORMATS[service]?.find(([shape]) => shape.test(resource)) : undefined;
  if (format) return resource.replace(...format);
  const name = resourceName(id);
  return named && OPAQUE.test(name) ? named : name;
}

/** A UUID, or some 12 and more hexadecimal digits. */
const OPAQUE = /^(?:[0-9a-f]{12,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
