using System.Globalization;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>The number on a bell, where there is room for two digits.</summary>
internal static class UnreadCount
{
    public static string Of(int unread) => unread > 99 ? "99+" : unread.ToString(CultureInfo.InvariantCulture);
}
