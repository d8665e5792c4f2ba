namespace LogisticsAdmin.Security;

public enum SignInMethod
{
    Password = 1,
    OneTimeCode = 2,
    Passkey = 3,
}
