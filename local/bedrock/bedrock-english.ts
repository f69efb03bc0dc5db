/**
 * The prose of the stand-in for Bedrock, in English. General words only: no numbers,
 * no names of services, no severities, no commands, so that all of it passes the
 * checks that a real answer has to pass, whatever the brief holds.
 */

/** Summary, impact, then the actions. */
export type CannedProse = [summary: string, impact: string, ...actions: string[]];

export const ENGLISH = {
  publicStorage: [
    'Anyone on the internet may be able to list or read what is stored in this bucket.',
    'Files that were meant to stay inside can be copied by strangers without leaving an obvious trace.',
    'Ask the owner whether anything in the bucket is meant to be public.',
    'Block public access on the bucket, and on the whole account where nothing needs it.',
    'Review the access log for readers you do not know.',
  ],
  sensitiveData: [
    'Data that looks personal or confidential was found where it may not belong.',
    'If the place is readable by more people than intended, the data counts as exposed and may have to be reported.',
    'Confirm with the data owner whether the data may be kept there.',
    'Restrict who can read it while that is being clarified.',
    'Move or delete what should not be there, and find out how it got there.',
  ],
  externalAccess: [
    'A resource can be used by someone outside the organization.',
    'If that access was not intended, an outsider can use what the policy grants without being noticed.',
    'Find out who the outside party is and whether the access was agreed.',
    'Remove the grant if nobody can name a reason for it.',
    'If it stays, narrow it to the actions and callers that are needed.',
  ],
  bruteForce: [
    'Someone is trying many passwords or keys against a machine in this account.',
    'If one attempt succeeds, the attacker can work from inside your network.',
    'Check whether any of the attempts succeeded.',
    'Close the port to the internet, or allow only the addresses that need it.',
    'Replace passwords with keys and rotate any credential that may be known.',
  ],
  reconnaissance: [
    'Someone is looking around: probing ports or listing what exists in the account.',
    'Such a survey often comes before an attack on what it finds.',
    'Find out whether the caller is a scanner of your own.',
    'If not, close what does not need to be reachable.',
    'Watch the same caller for further steps.',
  ],
  mining: [
    'A workload talks to systems that are used for mining digital currency.',
    'Unless this is intended, someone else is running programs at your cost and may have more access than that.',
    'Isolate the workload and keep its disk for investigation.',
    'Find out how the program got there and which credentials it could use.',
    'Rebuild the workload from a clean image and rotate those credentials.',
  ],
  stolenCredentials: [
    'Credentials of this account are used in a way that does not fit their usual owner.',
    'Whoever holds them can do everything that they allow, until they are revoked.',
    'Ask the owner whether the calls were theirs.',
    'If not, revoke the sessions and disable the credentials at once.',
    'List what was done with them and undo what should not have been.',
  ],
  malware: [
    'A workload behaves as if a malicious program were running on it.',
    'The program may read data, reach other systems or take orders from outside.',
    'Isolate the workload from the network without shutting it down.',
    'Keep disk and memory for investigation.',
    'Rebuild it from a clean image and rotate the credentials it held.',
  ],
  vulnerability: [
    'Installed software has a published weakness.',
    'An attacker who can reach the software may use the weakness to run programs or read data.',
    'Check whether the affected software is in use and reachable.',
    'Install the fixed version, or rebuild the image with it.',
    'Where no fix exists yet, limit who can reach the software.',
  ],
  signIn: [
    'A powerful identity is protected less well than it should be.',
    'A single stolen password or key would be enough to take over what the identity may do.',
    'Require a second factor for every person who signs in.',
    'Remove long-lived keys that nobody needs and rotate the others.',
    'Use the most powerful identity only where nothing else will do.',
  ],
  privilege: [
    'A policy grants more than the work it is meant for needs.',
    'Whoever obtains these rights, by mistake or by theft, can change or read far more than intended.',
    'Find out which of the granted actions are really used.',
    'Replace the grant by one that names only those actions and resources.',
    'Attach rights to roles rather than to single users.',
  ],
  openPort: [
    'A firewall rule lets anyone on the internet connect.',
    'Exposed ports are found within minutes and tried with known weaknesses and passwords.',
    'Ask the owner whether the port has to be reachable from everywhere.',
    'Restrict the rule to the networks that need it, or remove it.',
    'Use a private path for administration instead of an open port.',
  ],
  database: [
    'A database is set up in a way that leaves its data less protected than it should be.',
    'If it can be reached or copied by the wrong people, everything stored in it is at risk.',
    'Confirm who has to reach the database and from where.',
    'Take it off public networks and restrict its firewall rules.',
    'Review snapshots and accounts for shares that nobody needs.',
  ],
  encryption: [
    'Data is stored or sent without the encryption that the control expects.',
    'Someone who obtains the disk or listens on the way can read the data.',
    'Turn encryption on for what is created from now on.',
    'Re-create or copy what exists with encryption, since it often cannot be added afterwards.',
    'Check who may use the keys.',
  ],
  logging: [
    'Activity that should be recorded is not, or not completely.',
    'After an incident it would not be possible to say what happened and who did it.',
    'Turn the recording on everywhere it is expected.',
    'Keep the records where those who are recorded cannot change them.',
    'Add an alarm for the recording being turned off.',
  ],
  secrets: [
    'A secret is kept or handled in a way that makes it easy to leak.',
    'Whoever reads it can sign in as the program it belongs to.',
    'Treat the secret as known and replace it.',
    'Keep it in a vault that is made for it, and let the program read it from there.',
    'Set it to be replaced regularly without manual work.',
  ],
  container: [
    'A container or its image is set up less safely than the control expects.',
    'A flaw in one container may then reach its host or its neighbours.',
    'Check what the container needs in order to work, and remove the rest.',
    'Rebuild and redeploy from a base image that is kept up to date.',
    'Scan images before they are deployed.',
  ],
  function: [
    'A function is set up in a way that the control does not accept.',
    'It may be called by more callers than intended, or run on a base that no longer gets fixes.',
    'Check who may call the function and narrow that to the callers that need it.',
    'Move it to a runtime that is maintained.',
    'Repeat the check after the change has been deployed.',
  ],
  generic: [
    'A resource does not meet a security requirement that applies to it.',
    'Until it does, an attacker or a mistake may have more effect than it should.',
    'Ask the owner of the resource whether the state is intended.',
    'Correct it as the remediation guide describes.',
    'If it has to stay as it is, have the exception agreed and written down.',
  ],
} satisfies Record<string, CannedProse>;
