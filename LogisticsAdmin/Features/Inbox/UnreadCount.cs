using System.Globalization;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>The number on the bell, which has room for two digits.</summary>
internal static class UnreadCount
{
    public static string Of(int unread) => unread > 99 ? "99+" : unread.ToString(CultureInfo.InvariantCulture);
}
