// Stands in for universal-cookie: no script of the portal reads or writes a cookie (rx.Cookie is not for us).
const refuse = () => {
  throw new Error("The portal sets its cookies from its HTTP routes only.");
};

export default class Cookies {
  get = refuse;
  set = refuse;
  remove = refuse;
}
