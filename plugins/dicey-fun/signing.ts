import { defineSigner, md5Hex } from '@countersign/runtime/signing';

/** `md5(agent_id + secret + time)`, lower-case hex; `time` as it is sent, in Unix seconds. */
export const agentSignature = defineSigner({
  stringToSign: ({ credentials, timestamp }) => `${credentials['agentId']}${credentials['secret']}${timestamp}`,
  sign: (message) => md5Hex(message),
});
