namespace LogisticsAdmin.Features.Inbox;

public sealed class InboxText;
