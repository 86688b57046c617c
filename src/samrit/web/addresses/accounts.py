"""Addresses of signing in and of one's own account.

The sign-in library looks its pages up by its own names, so some addresses have two.  What
it offers and we do not (signing up, managing e-mail addresses) has a name and answers 404.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import URLPattern, path, re_path

from samrit.web.accounts import office_sign_in
from samrit.web.views.office import accounts, calendars, machine_keys, privacy, sessions

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="sign_in"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(  # the key itself holds hyphens
        r"^sign-in/new-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "sign-in/new-password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("sign-out/", accounts.sign_out, name="account_logout"),
    path("account/", accounts.own, name="account"),
    path("account/", accounts.own, name="mfa_index"),
    path("account/data.json", privacy.own, name="own_data"),
    path("account/erase/", privacy.ask, name="own_erase"),
    path("account/sessions/", sessions.page, name="sessions"),
    path("account/calendar/", calendars.page, name="calendar_key"),
    path("account/machines/", machine_keys.page, name="machine_keys"),
    path("calendar/private/<str:key>.ics", calendars.private, name="calendar_private"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/check/", account.reauthenticate, name="account_reauthenticate"),
    path("account/check/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    # The office's own sign-in.
    path("sign-in/<slug:provider_id>/start/", office_sign_in.login, name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back/", office_sign_in.callback, name="openid_connect_callback"),
    path("sign-in/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/failed/", social.login_error, name="socialaccount_login_error"),
    # Named by the library, not offered.
    path("closed/new/", accounts.closed, name="account_signup"),
    path("closed/new/office/", accounts.closed, name="socialaccount_signup"),
    path("closed/office/", accounts.closed, name="socialaccount_connections"),
    path("closed/email/", accounts.closed, name="account_email"),
    path("closed/email/sent/", accounts.closed, name="account_email_verification_sent"),
    path("closed/email/<str:key>/", accounts.closed, name="account_confirm_email"),
    path("closed/password/", accounts.closed, name="account_set_password"),
    path("closed/code/", accounts.closed, name="account_confirm_login_code"),
]
