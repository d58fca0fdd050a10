"""The demo commune: Léaz, forty families, two school years, all of it around the day on which it is created."""

from portail_app.demo.creation import create, prepare
from portail_app.demo.sign_ins import SIGN_INS, DemoSignIn, DemoSignIns

__all__ = ["SIGN_INS", "DemoSignIn", "DemoSignIns", "create", "prepare"]
