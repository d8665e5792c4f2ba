namespace LogisticsAdmin.Account;

public sealed class AccountText;
