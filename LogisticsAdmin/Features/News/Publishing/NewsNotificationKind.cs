using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>A kind of message about an item; the subject is its number.</summary>
internal sealed class NewsNotificationKind(NewsNotification kind) : INotificationKind
{
    private const string Paper = "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5";
    private const string Megaphone = "M4 10v4l11 4V6zM15 9a3 3 0 0 1 0 6M7 15v4h3v-3";

    private readonly LocalName _text = LocalName.Of<NewsText>($"{nameof(NewsNotification)}.{kind}");

    public int Id => (int)kind;
    public string Icon => IsUrgent ? Megaphone : Paper;
    public bool IsUrgent => kind is NewsNotification.Urgent;

    private bool IsForWriters => kind is NewsNotification.ReviewAsked or NewsNotification.Returned;

    public IReadOnlyList<Role> Recipients => IsForWriters ? RoleGroups.Office : Enum.GetValues<Role>();

    public LocalName TextFor(string? argument) => _text;

    public string Address(Actor reader, string subject) =>
        IsForWriters ? $"news/{subject}/edit" : reader.IsOffice ? $"news/{subject}" : $"my/news/{subject}";
}
