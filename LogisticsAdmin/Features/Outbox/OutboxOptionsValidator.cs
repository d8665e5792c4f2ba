using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox;

internal sealed class OutboxOptionsValidator : IValidateOptions<OutboxOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboxOptions options) => options.KeepDays is >= 1 and <= 3650
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Outbox:KeepDays is {options.KeepDays}. Set it to between 1 and 3650 days. Outbox:KeepDays 应为 1 至 3650 天。");
}
