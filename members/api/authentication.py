"""`Authorization: Token …`: who it is, in one query."""

from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from members import devices


class DeviceTokens(TokenAuthentication):
    def authenticate_credentials(self, token: bytes):
        try:
            device = devices.recognise(token.decode("ascii"))
        except UnicodeDecodeError:
            device = None
        if device is None:
            raise AuthenticationFailed
        devices.note_use(device)
        return device.user, device
