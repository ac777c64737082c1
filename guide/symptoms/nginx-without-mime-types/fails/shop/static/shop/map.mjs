export const zoom = 3;
