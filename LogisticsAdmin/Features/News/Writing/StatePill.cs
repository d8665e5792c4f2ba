using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>The colour in which a state is shown: a class of the pill.</summary>
internal static class StatePill
{
    public static string Of(NewsState state) => state switch
    {
        NewsState.Draft => "new",
        NewsState.InReview => "wait",
        NewsState.Scheduled => "work",
        NewsState.Published => "done",
        NewsState.Withdrawn => "late",
        _ => "hold",
    };
}
