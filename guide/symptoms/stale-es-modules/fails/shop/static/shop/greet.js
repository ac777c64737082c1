export function greet() {
  console.log("Hello");
}
