// Stands in for @emotion/react. Our style is in one stylesheet; a `style=` argument becomes the plain attribute.
// All that is written in a page goes through here: its spaces are set on the way.
import { createElement } from "react";
import { typeset } from "./typeset.js";

// Throwing stops the build, because every page is drawn once during the build.
const plain = ({ css, ...props }) => {
  if (Object.values(css).some((value) => value !== null && typeof value === "object")) {
    throw new Error("Put pseudo-classes and media queries in the stylesheet: " + JSON.stringify(css));
  }
  return { ...props, style: { ...css, ...props.style } };
};

export const jsx = (type, props, ...children) =>
  createElement(type, props?.css ? plain(props) : props, ...children.map(typeset));
