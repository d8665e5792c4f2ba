using FluentValidation;

namespace LogisticsAdmin.Shared;

public static class ValidationExtensions
{
    extension<T>(IValidator<T> validator)
    {
        /// <summary>Refuses with every field problem at once; the messages are the validator's, in the caller's language.</summary>
        public void Demand(T form)
        {
            var result = validator.Validate(form);
            if (result.IsValid) return;
            throw Rejected.Fields([.. result.Errors.Select(e =>
                new FieldProblem(e.PropertyName, e.ErrorCode, typeof(SharedText), [], e.ErrorMessage))]);
        }
    }
}
