import { useEffect, useRef, useState } from 'react';
import { QueryClient } from '@tanstack/react-query';

/**
 * A cache that lives as long as the component. Left to itself, it would keep every answer for minutes
 * after nobody can ask for it any more.
 */
export function useOwnQueryClient(): QueryClient {
  const [client] = useState(() => new QueryClient());
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(end.current);
    client.mount();
    return () => {
      client.unmount();
      // Strict Mode takes effects back and runs them again at once; that is not the end.
      end.current = setTimeout(() => client.clear(), 0);
    };
  }, [client]);
  return client;
}
