export const prices = {
    assam: "7.20",
    darjeeling: "9.80",
};
