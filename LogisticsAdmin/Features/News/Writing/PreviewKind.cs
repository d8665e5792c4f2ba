using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>A message to oneself with the preview of a text, to be opened on a phone; the subject is the item's number.</summary>
internal sealed class PreviewKind : INotificationKind
{
    /// <summary>Stored with each message.</summary>
    public const int KindId = 59;

    private readonly LocalName _text = LocalName.Of<WritingText>("PreviewMessage"), _group = LocalName.Of<NewsText>("Message.Group");

    public int Id => KindId;
    public string Icon => "M7 3h10v18H7zM11 18h2";
    public LocalName? Group => _group;
    public IReadOnlyList<Role> Recipients => RoleGroups.Office;

    public LocalName TextFor(string? argument) => _text;

    public string Address(Actor reader, string subject) => $"news/{subject}/preview";
}
