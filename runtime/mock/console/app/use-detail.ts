import { useEffect, useState } from 'preact/hooks';
import { gateway, type OperationDetail } from './gateway-api.ts';

/** Fetches the details of one operation, and fetches them again when its spec was reloaded. */
export function useDetail(provider: string, operation: string, changed: unknown) {
  const [detail, setDetail] = useState<OperationDetail>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let current = true;
    gateway.operation(provider, operation).then(
      (next) => {
        if (!current) return;
        setDetail(next);
        setFailure('');
      },
      (error: Error) => current && setFailure(error.message),
    );
    return () => {
      current = false;
    };
  }, [provider, operation, changed]);
  return { detail, failure };
}
