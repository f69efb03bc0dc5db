/** Answers as models give them to these briefs: reasonable ones, of which nothing is to be withheld. */
import type { Briefing } from '../../../handlers/domain/interpretation/briefing';
import type { BriefName } from './briefs';

export const ENGLISH: [BriefName, Briefing][] = [
  [
    'publicBucket',
    {
      summary:
        'An Amazon S3 bucket allows public read access, so anyone on the internet may be able to list or download its objects. The bucket policy, the ACL, or the block public access settings permit it.',
      impact:
        "If the bucket holds customer data, backups, or credentials, that data can be copied by anyone without signing in. There is no way to recall what has already been downloaded; assume exposure until you've checked.",
      actions: [
        'Confirm with the owner whether the bucket is meant to be public (for example, a static website); if it is, document the exception.',
        'If not, turn on S3 Block Public Access for the bucket, and for the whole AWS account where nothing else needs to be public.',
        'Remove statements in the bucket policy that grant read access to everyone, and remove public grants from the ACL.',
        'Review the access logs to see who read the objects while they were exposed, and rotate any secrets stored there.',
      ],
    },
  ],
  [
    'publicBucket',
    {
      summary: 'S3.2 failed: the bucket permits public read access.',
      impact: 'Business-critical or personal data could be read by strangers, which may be a reportable breach (e.g. under privacy law).',
      actions: [
        '1. Enable all block public access settings on the bucket.',
        '2. Serve content that must be public through a private origin instead.',
        '3) Add a preventive policy so that the setting cannot be turned off again.',
      ],
    },
  ],
  [
    'rootKey',
    {
      summary:
        'The root user of this AWS account has an access key. The root user can do everything in the account, and its keys cannot be restricted by IAM policies.',
      impact:
        'Anyone who obtains the key has full control of the account, including billing, data, and the ability to close it. MFA on the console does not protect the use of the access key.',
      actions: [
        'Find out whether anything still uses the key: check when it was last used in the IAM credential report.',
        'Move whatever uses it to an IAM role with least-privilege permissions.',
        'Deactivate the key first, watch for failures, and then delete it.',
        'Make sure that the root user has a strong password and MFA (ideally a hardware security key).',
      ],
    },
  ],
  [
    'openSsh',
    {
      summary: 'An EC2 security group lets any address on the internet (0.0.0.0/0 or ::/0) connect to port 22, which is used for SSH.',
      impact:
        'Exposed SSH services are scanned constantly; a weak password, a leaked key, or an unpatched server is enough to give an attacker a shell. From there they may move on to other systems in the VPC.',
      actions: [
        'Restrict the inbound rule for port 22 to the networks that need it, such as your VPN or bastion host.',
        'If nobody needs SSH from outside, remove the rule and use a managed way in that needs no open port.',
        'Check the sign-in logs of instances behind the security group for unexpected logins.',
      ],
    },
  ],
  [
    'highRiskPorts',
    {
      summary:
        'A security group allows unrestricted incoming traffic to at least one high-risk port, such as those of remote administration or databases.',
      impact:
        'Services behind these ports are common targets of automated attacks and ransomware. An attacker could gain access to the instance or its data.',
      actions: [
        'Identify which rules in the security group are open to 0.0.0.0/0 or ::/0.',
        'Narrow them to known address ranges, or delete them if the service is not used.',
        'Put public-facing services behind a load balancer with HTTPS and TLS 1.2 or later.',
      ],
    },
  ],
  [
    'publicDatabase',
    {
      summary:
        'An Amazon RDS DB instance is publicly accessible: it has an address that resolves on the internet. Whether it can actually be reached also depends on its security groups and subnets.',
      impact:
        'The database may be exposed to password guessing and to vulnerabilities in the database engine. A successful attack would expose or destroy the data that applications depend on.',
      actions: [
        'Verify whether any client connects from outside the VPC before you change anything.',
        'Modify the instance so that it is not publicly accessible, and move it to private subnets.',
        'Restrict the security group to the application servers, and rotate database passwords if unknown connections are found.',
      ],
    },
  ],
  [
    'bruteForce',
    {
      summary:
        'GuardDuty detected many SSH connection attempts to port 22 of an EC2 instance, which is the pattern of a brute-force attack. The traffic is inbound, so the instance is the target.',
      impact:
        'If one of the guesses succeeds, the attacker gets a shell on the instance, can read its data, use its IAM role, and move to other hosts.',
      actions: [
        'Limit inbound SSH (TCP port 22) in the security group to trusted networks, or close it.',
        "Check the instance's authentication log for a successful login from an address you don't recognize; if there is one, isolate the instance.",
        'Disable password authentication and require keys, ideally with MFA.',
        'Confirm whether this is a false positive, e.g. a vulnerability scanner of your own team.',
      ],
    },
  ],
  [
    'stolenCredentials',
    {
      summary:
        'Temporary credentials that were created for an EC2 instance role were used from outside AWS to call the ListBuckets API. That usually means that the credentials were copied from the instance.',
      impact:
        'Whoever holds the credentials can act with all permissions of the role until they expire or are revoked, for example by reading data or creating new identities.',
      actions: [
        'Revoke the active sessions of the IAM role, and block the role if its workload can tolerate it.',
        'Review CloudTrail for everything that was done with these credentials, not only this API call.',
        'Isolate the instance and find out how the credentials were obtained: server-side request forgery against the metadata service is a common way, so require IMDSv2.',
        'Confirm that it is not an intended use, such as a proxy or an on-premises network.',
      ],
    },
  ],
  [
    'mining',
    {
      summary:
        'An EC2 instance sent a DNS request for a domain name that is associated with Bitcoin or other cryptocurrency activity. Unless mining is the purpose of this instance, it is likely compromised.',
      impact:
        'Attackers use stolen compute capacity at your cost, and the foothold that lets them mine can be used to steal data or credentials as well.',
      actions: [
        'Check whether the instance is expected to work with cryptocurrency; if so, record an exception.',
        'Otherwise isolate the instance with a security group that allows no traffic, and keep a snapshot of its disk for investigation.',
        'Look for unknown processes, scheduled tasks, and containers, and find out how they were started.',
        'Rebuild the instance from a clean image and replace the credentials it could use.',
      ],
    },
  ],
  [
    'vulnerability',
    {
      summary:
        'A container image contains a Maven package affected by CVE-2021-44228 (Log4Shell), with a CVSS base score of 10.0. An exploit is publicly available, and so is a fix.',
      impact:
        'An attacker can run code of their choice by sending a crafted string that the application logs; no authentication or user interaction is needed. Log4j is often a transitive dependency, so that the image may be affected without using it directly.',
      actions: [
        'Find out where this image is running and whether it can be reached from the internet.',
        'Upgrade the affected package to a fixed version, rebuild the image, and redeploy it.',
        'Until then, restrict outbound traffic from the workload so that it cannot fetch code from outside.',
        'Search logs for signs of exploitation, since attacks against this vulnerability are widespread.',
      ],
    },
  ],
  [
    'cardNumbers',
    {
      summary: 'Macie found financial information, such as payment card or bank account data, in an object in an S3 bucket.',
      impact:
        'If more people can read the bucket than should, the data could be misused for fraud, and contractual or legal duties (such as PCI DSS) may apply.',
      actions: [
        'Check with the data owner whether this data is allowed to be in this bucket at all.',
        'Restrict read access to the bucket and verify that it is encrypted and not public.',
        'Move or delete the object if it does not belong there, and look for copies.',
        'Find the process that wrote the object, and fix it at the source.',
      ],
    },
  ],
  [
    'publicQueue',
    {
      summary:
        'The access policy of an SQS queue lets anyone send and receive messages (sqs:SendMessage and sqs:ReceiveMessage), including callers outside your organization.',
      impact:
        'Strangers could read messages that are meant for your application, or inject messages that it then trusts. Either may also drive up costs; in the worst case forged messages trigger actions in production.',
      actions: [
        'Ask the owner whether public access is intended. If it is, archive the finding with a note.',
        "Replace the wildcard principal in the queue's policy with the accounts or roles that need it, and add conditions.",
        'Check the metrics and logs of the queue for callers that you do not know.',
      ],
    },
  ],
];
