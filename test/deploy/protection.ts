/** The shim for the gap "termination protection": which stacks a deployment protected, and what that means for them. */
import type { DoorReply, Shim } from './door';

const SPACE = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

/** @param stacks the names of the protected stacks; what the cdk command protects is added. */
export function terminationProtection(stacks: Set<string>): Shim {
  return async (request, forward) => {
    if (request.service !== 'cloudformation') return undefined;
    const form = new URLSearchParams(request.body.toString());
    const named = form.get('StackName') ?? '';
    const stack = named.split('/')[1] ?? named;
    if (request.operation === 'UpdateTerminationProtection') {
      if (form.get('EnableTerminationProtection') === 'true') stacks.add(stack);
      else stacks.delete(stack);
      return xml(
        200,
        `<UpdateTerminationProtectionResponse xmlns="${SPACE}"><UpdateTerminationProtectionResult><StackId>${named}</StackId></UpdateTerminationProtectionResult></UpdateTerminationProtectionResponse>`,
      );
    }
    if (request.operation === 'DeleteStack' && stacks.has(stack))
      return xml(
        400,
        `<ErrorResponse xmlns="${SPACE}"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack [${stack}] cannot be deleted while TerminationProtection is enabled</Message></Error></ErrorResponse>`,
      );
    if (request.operation !== 'DescribeStacks') return undefined;
    // Without it the cdk command believes that the deployed stack differs, and deploys again.
    const reply = await forward(request);
    const body = String(reply.body)
      .replace(/<EnableTerminationProtection>\w+<\/EnableTerminationProtection>/g, '')
      .replace(
        /<StackName>([^<]+)<\/StackName>/g,
        (element, name: string) => `${element}<EnableTerminationProtection>${stacks.has(name)}</EnableTerminationProtection>`,
      );
    const { 'content-length': _length, ...headers } = reply.headers;
    return { ...reply, headers, body };
  };
}

function xml(status: number, body: string): DoorReply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
