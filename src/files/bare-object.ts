/** Objects that inherit nothing, so that any name is safe; unlike `Object.create(null)` they are quick to make. */
export const BareObject = function BareObject() {} as unknown as new () => Record<string, string>;
BareObject.prototype = Object.create(null);
