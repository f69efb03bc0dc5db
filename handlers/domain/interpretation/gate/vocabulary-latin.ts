/**
 * Names and abbreviations that prose about AWS's findings may hold without the brief: of protocols, systems, software and
 * of what AWS's consoles show. Services are not among them (services.ts). A name that stands neither here nor in the brief is
 * withheld: it can only be somebody's.
 */
const words = (text: string): string[] => text.trim().split(/\s+/);

/** However they are written. */
export const TERMS: ReadonlySet<string> = new Set(
  words(`
  aws amazon arn arns api apis ami amis az acl acls nacl asg cidr cli console crud csv cpu gpu cve cves cvss epss kev cwe dos ddos doh dot dns dnssec
  c&c c2 ci cd ci/cd cname dga eni ids id iam imds imdsv1 imdsv2 ip ips ipv4 ipv6 icmp igw iot it ide json jwt jit ldap ldaps lts mac mfa 2fa totp
  fido fido2 passkey passkeys nat nfs ntp oac oai oauth oauth2 oidc openid os oss osi otp owasp pam pci pii phi pid pitr pki psk qr ram rbac abac rdp
  rsa rce saml sso sbom scp scps rcp sdk sdks siem soar sla smb smtp sms sni sql sqli ssh sshd sse sse-s3 sse-kms sse-c ssl sslv3 ssrf csrf xss xxe
  stig tcp tls tlsv1 udp uri url urls usb user-agent utc uuid vdi vlan vm vms vpc vpcs vpn vpns waf webshell winrm wmi www xml yaml html http https
  ftp ftps sftp tftp telnet smtps imap snmp kms cmk cmks hsm hmac aes sha sha-1 sha-256 sha256 md5 ed25519 ecdsa linux windows macos unix ubuntu
  debian centos rhel red hat fedora suse alpine kali parrot pentoo amazonlinux busybox powershell bash cron systemd sudo sudoers root admin
  administrator localhost kernel glibc openssl openssh log4j log4j2 jndi jndilookup auth.log cgroup cgroups procfs proc ptrace setuid setgid runc
  containerd docker dockerfile podman oci kubernetes k8s kubelet kubectl kubeconfig kubeflow kube-system kube-proxy etcd coredns helm istio pod pods
  node nodes daemonset daemonsets deployment deployments namespace namespaces configmap configmaps rolebinding rolebindings clusterrole clusterroles
  clusterrolebinding clusterrolebindings serviceaccount serviceaccounts poddisruptionbudget hostpath hostnetwork privileged mysql mariadb postgresql
  postgres oracle sqlserver mssql mongodb redis valkey memcached cassandra kafka spark hadoop yarn hive presto trino elasticsearch kibana opensearch
  apache nginx tomcat iis php wordpress jenkins git github gitlab bitbucket terraform opentofu ansible cloudformation java javascript typescript
  python ruby golang go node.js npm pypi pip maven gradle nuget jar war rust cargo perl net dotnet lambda bitcoin monero ethereum tor dast sast cis
  pci-dss dss nist hipaa gdpr iso soc mitre att&ck fsbp graphql rest websocket grpc webhook webhooks json-rpc ebs-backed vmware hyper-v graviton
  nitro arm x86 intel amd spot fargate activex office excel word pdf slack teams e-mail email wi-fi cookie cookies ec2-classic principal notprincipal
  action notaction resource effect condition deny allow true false null enabled disabled passed failed warning metadatanotoken actor target
  http_tokens unauthorized publiclyaccessible publicly-accessible aws:sourceaccount aws:sourcearn aws:principalorgid aws:securetransport sourcearn
  sourceaccount kms:viaservice ok ng faq q&a i/o vs id3 owner owners url_s ad dc dmz nda csirt soc2 ciso web webサイト anonymous exec over release agent
  system security-group ransomware malware botnet rootkit shell cloud-init userdata user-data access-key agents codegen over-the-air x509 x.509
  x-forwarded-for host referer samesite tls-only plaintext markdown unicode ascii base64 boto3 ssm-agent seccomp apparmor selinux irsa kube-apiserver
  kube-scheduler apiserver unauthenticated for of and to in on the with a or by as at rpo rto rtos cia mitm iac mttr cmek alb albs nlb nlbs clb gwlb
  db dbs etl dr l2 l3 l4 l7 al2 al2023 ai ml llm llms rag ui uis jmx sasl mtls sg sgs ca cas ha cdc idp idps lb lbs sid worm nla ntlm ntlmv2 kdc
  kerberos rpc cors aead spf dkim dmarc sdlc pr prs ttl ttls posix rfc slo slos sli crr srr mdr cert cpe vex quic socks socks4 socks5 wireguard ipsec
  ikev2 bgp gre vxlan arp dhcp mdns ssdp llmnr netbios smbv1 smbv2 smbv3 vnc irc mqtt amqp stun webrtc upnp rsync gzip wget curl libcurl libssl
  libcrypto libxml2 zlib haproxy envoy squid varnish traefik gunicorn nodejs express django flask rails spring struts jetty jboss fail2ban iptables
  nftables ufw auditd journald rsyslog syslog logrotate lsof netstat strace tcpdump wireshark nmap masscan netcat ncat socat nc avml volatility yara
  sigma suricata snort zeek ossec wazuh falco trivy grype syft clair checkov tfsec semgrep gitleaks trufflehog git-secrets detect-secrets sops cosign
  sigstore slsa cyclonedx spdx renovate dependabot hashcat clamav aide osquery prowler opa kyverno gatekeeper psp pss
  rootless index.html authorized_keys known_hosts sshd_config bash_history crontab requirements.txt package.json package-lock.json pom.xml
  docker-compose.yml .env .ssh robots.txt crd crds hpa pvc pvcs csi cni cri distroless grub uefi tpm numa systemctl cronjob cronjobs x-ray o365
  vscode bios ebs-optimized log4shell crypto-mining keylogger infostealer rowhammer spectre meltdown heap-based stack-based use-after-free uaf dll
  dlls exe blockpublicacls blockpublicpolicy ignorepublicacls restrictpublicbuckets securestring deletionpolicy readonlyrootfilesystem externalid
  httptokens maxpasswordage minimumpasswordlength passwordreuseprevention allowprivilegeescalation runasnonroot runasuser hostpid hostipc
  automountserviceaccounttoken logfilevalidationenabled multiregiontrail ismultiregiontrail includeglobalserviceevents deletionprotection
  storageencrypted autominorversionupgrade stringequals stringlike arnlike arnequals ipaddress notipaddress bool principalarn sourceip sourcevpc
  sourcevpce viaservice mfapresent raid san ssid wan lan wlan pgp gpg sftp-only ftp-only fqdn fqdns ptr mx txt srv soa doc docs diff diffs env envs
  config configs param params rest-api stdin stdout stderr tty pty pids uid gid suid sgid inode inodes oom ldconfig ld_preload http-only httponly
  secure csp hsts dead-letter spam phishing rpm apt yum ebpf nft firewalld dig nslookup whois stix taxii ioc iocs ttp ttps prod dev su ssm-user
  ec2-user anti-virus antivirus edr xdr dlp mdm sase ztna cnapp cspm cwpp ciem poc rat c2s ja3 asn geoip tier1 ciphertext datakey
  `),
);

/** As names of features, of AWS's consoles and of standards: with a capital only. */
export const CAPITALISED: ReadonlySet<string> = new Set(
  words(`
  Access Account Accounts Active Activity Advisor Agent Agents All Allow Amazon Analyzer And Anywhere Application Applications Architecture Assumed
  Asset Audit Authenticator Authentication Authorization Auto Availability Backup Balancer Baseline Baselines Benchmark Benchmarks Best Billing Block
  Blue Bounds Boundary Boundaries Bucket Budget Budgets Build Cache Center Certificate Change Client Cloud Cluster Code Collector Command Commands
  Common Compliance Computing Concept Condition Config Configuration Connect Console Container Control Controls Cost Credential Credentials Critical
  Custom Customer Data Database Default Delivery Desktop Deny Denial Detection Detector Device Directory Discovery Distribution Do DNS Domain Edge Elastic
  Enabled Encryption Enhanced Anomaly Inspection Routing Routes Provisioned Reserved Requester Pays Recorder Recording Endpoint Endpoints Engine
  English Enterprise Environment Event Events Execution Explorer Exposure Extended External Factor Federation Field File Filter Finding Findings
  Firewall Fleet Flow Forwarding Foundations Foundational Full Function Functions Gateway Global Glossary Governance Group Groups Guide Hardware High
  Host Hub Identity Image Images Incident Infrastructure Inline Insight Insights Instance Instances Integrity Intelligence Internal Internet
  Inventory Isolation Issuer Japan Japanese Job Key Keys Layer Lens Level Library Lifecycle Limit Line List Load Lock Log Logging Logs Low Machine
  Maintenance Managed Management Manager Map Master Metadata Metric Mode Monitor Monitoring Multi Network No Not Notification Object Objects Only
  OpenID Operating Operations Optimizer Organization Organizational Origin Output Owner Ownership Package Pack Parameter Parameters Patch Path
  Permission Permissions Plan Platform Point Policies Policy Pool Port Portal Practices Preview Private Privilege Privileged Project Protection
  Protocol Provider Proxy Public Quarantine Query Queue Quota Quotas Reachability Read Recovery Region Regional Regions Registry Reject Relational
  Remediation Remote Replication Report Repository Request Resolver Resource Resources Response Restore Role Roles Root Rotation Route Rule Rules Run
  Runtime Safe Sandbox Scaling Scan Scanner Schema Script Secret Secrets Secure Security Sensitive Server Serverless Service Services Session
  Sessions Set Settings Share Shared Shell Sign Signature Simple Site Snapshot Snapshots Software Source Stack Standard Standards State Statement
  Status Storage Store Stream Subnet Suite Summary Support System Systems Table Tag Task Template Terms Tests Threat Throughput Token Tool Topic
  Traffic Trail Transfer Transit Transport Single Multiple Cross Non Balancers Required Builder Strict Standby Conditions Pools Delete Create Encrypt
  Decrypt Exfiltrate Hosted Zones Reader Writer Peering Subnets Bastion Hosts Recycle Bin Blocks Versions Volumes Tables Topics Queues Streams
  Projects Last Accessed Information Zero Trails Linked Lockout Break Glass Time Least Need Separation Duties Duty Red Man Acceleration Origins
  Signed Cookies Signing Profile Profiles Capacity Providers Admission Controller Controllers Bindings Binding Namespace Launch Templates Spot
  Options Option Subscription Subscriptions Filters Alarm Alarms Rollback Blueprint Advanced Selectors Association Associations Documents Document
  Runbook Runbooks Automation Quick Setup Distributor Ops OpsCenter Incidents Contacts Delegated Administrator Administrators Member Members Trusted
  Aggregator Aggregation Conformance Packs Generation Unused Used Workspace Trust Type Unit Update Usage Use User Users Vault Version Versioning
  Virtual Volume Vulnerability Well-Architected Windows Web Workload Write Zone
  `),
);

/** Calls of an API as AWS names them, which advice may tell to look for; and policies that AWS made. */
export const API_CALL =
  /^(?:Accept|Add|Allocate|Assume|Associate|Attach|Authorize|Batch|Cancel|Change|Console|Copy|Create|Deactivate|Decrypt|Delete|Deregister|Describe|Detach|Disable|Disassociate|Enable|Encrypt|Export|Generate|Get|Head|Import|Invoke|Issue|List|Modify|Pass|Publish|Put|Reboot|Receive|Register|Remove|Replace|Reset|Restore|Revoke|Run|Schedule|Send|Share|Start|Stop|Switch|Tag|Terminate|Update|Upload)(?:[A-Z][a-z0-9]*){1,6}$/;
export const AWS_POLICY = /^(?:Amazon|AWS)(?:[A-Z0-9]+[a-z]*){1,8}(?:Access|Core|Role|Policy|Only|Admin)$/;
