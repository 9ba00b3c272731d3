export function installPolarsBinary(): void;
