// Stands in for the assistant of a Grafana server, which asks for a whole Grafana around it. The
// graph only puts its button beside the search box, where there is one.
export const OpenAssistantButton = () => null;
export const createAssistantContextItem = () => null;
export const useAssistant = () => ({ isAvailable: false, openAssistant: undefined });
export const isAssistantAvailable = () => ({ subscribe: () => ({ unsubscribe() {} }) });
